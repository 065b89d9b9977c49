// Of how many shoppers an attribute of customers is known: customers are only those whose attributes a shop has.
import { EVENTS_INDEX } from '../../core/event/ubi-event.js';
import type { EngineClient } from '../../engine/client/client.js';

/** Users that are looked up: the first by id, whatever they did. */
const SAMPLE_SIZE = 1_000;

interface UserBuckets {
  readonly users: { readonly buckets: readonly { readonly key: { readonly user: string } }[] };
}

/**
 * Share of the users in the event log, 0–1, for whom each field has a value; null where the log has no users.
 * @param customers the index, by user id or, without one, by document id
 */
export async function customerCoverage(
  engine: Pick<EngineClient, 'search' | 'indexExists'>,
  customers: string,
  fields: readonly string[],
): Promise<ReadonlyMap<string, number> | null> {
  if (fields.length === 0 || !(await engine.indexExists(EVENTS_INDEX))) return null;
  const sources = [{ user: { terms: { field: 'user_id' } } }];
  const sample = await engine.search<unknown, UserBuckets>(EVENTS_INDEX, {
    size: 0,
    aggs: { users: { composite: { size: SAMPLE_SIZE, sources } } },
  });
  const users = (sample.aggregations?.users.buckets ?? []).map(({ key }) => key.user);
  if (users.length === 0) return null;
  const byUserId = { terms: { user_id: users } };
  const byDocumentId = {
    bool: { filter: [{ ids: { values: users } }], must_not: { exists: { field: 'user_id' } } },
  };
  const known = await engine.search<unknown, Record<string, { readonly doc_count: number }>>(customers, {
    size: 0,
    query: { bool: { should: [byUserId, byDocumentId], minimum_should_match: 1 } },
    aggs: Object.fromEntries(
      fields.map((field, position) => [`f${position}`, { filter: { exists: { field } } }]),
    ),
  });
  return new Map(
    fields.map((field, position) => {
      const count = known.aggregations?.[`f${position}`]?.doc_count ?? 0;
      return [field, Math.min(1, count / users.length)];
    }),
  );
}
