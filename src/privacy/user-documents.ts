// Documents of one user beside the event log: profiles of every version, and customers' attributes.
import { individualId } from '../core/profile/profile.js';
import type { EngineClient } from '../engine/client/client.js';

const PROFILE_INDICES = 'kindred-profiles-*';

export interface FoundDocument {
  readonly index: string;
  readonly id: string;
  readonly source: object;
}

/** The user's profile in each index that has one. An index that is deleted meanwhile has none. */
export async function userProfiles(engine: EngineClient, userId: string): Promise<FoundDocument[]> {
  const id = individualId(userId);
  const indices = await engine.listIndices(PROFILE_INDICES);
  const found = await Promise.all(
    indices.map(async (index) => ({ index, document: await engine.get<object>(index, id) })),
  );
  return found.flatMap(({ index, document }) => (document ? [{ index, id, source: document.source }] : []));
}

/** Customers with this user id, or with this document id where they have no user id. */
export async function userCustomers(
  engine: EngineClient,
  indices: readonly string[],
  userId: string,
): Promise<FoundDocument[]> {
  const byUserId = { terms: { user_id: [userId] } };
  const byDocumentId = {
    bool: { filter: [{ ids: { values: [userId] } }], must_not: { exists: { field: 'user_id' } } },
  };
  const query = { bool: { should: [byUserId, byDocumentId], minimum_should_match: 1 } };
  const found: FoundDocument[] = [];
  for (const index of indices) {
    if (!(await engine.indexExists(index))) continue;
    for await (const batch of engine.scan<{ readonly user_id?: unknown }>(index, { query })) {
      // Where ids are analysed text, a query finds others too.
      const theirs = batch.filter(({ id, source }) => String(source.user_id ?? id) === userId);
      found.push(...theirs.map(({ id, source }) => ({ index, id, source })));
    }
  }
  return found;
}
