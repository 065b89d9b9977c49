// Tombstones of erased users: a hash of the user id and the moment, read by every proxy and trainer.
import { KindredError } from '../../core/errors.js';
import type { EngineClient } from '../client/client.js';
import { userHash } from './user-hash.js';

const TOMBSTONES_INDEX = 'kindred-settings';
/** A document that is written with every tombstone, so that one small read tells whether there are new ones. */
export const TOMBSTONES_ID = 'tombstones';
const KIND = 'tombstone';

export interface Tombstone {
  /** `userHash` of the user id */
  readonly hash: string;
  /** milliseconds since the epoch: the user's events up to here are erased, later ones count again */
  readonly at: number;
  /** `userHash` of the keys (`sessionKey`) of the user's sessions that may be running */
  readonly visits: readonly string[];
}

interface TombstoneDocument {
  readonly kind: string;
  readonly updated_at: string;
  readonly record: Tombstone | Record<string, never>;
}

/** Visible to every proxy and trainer that reads from now on; a later one of the same user replaces it. */
export async function writeTombstone(
  engine: Pick<EngineClient, 'put'>,
  userId: string,
  { at, sessionKeys }: { readonly at: number; readonly sessionKeys: readonly string[] },
): Promise<void> {
  const updated_at = new Date(at).toISOString();
  const record = { hash: userHash(userId), at, visits: sessionKeys.map(userHash) };
  const put = (id: string, document: TombstoneDocument) =>
    engine.put(TOMBSTONES_INDEX, id, document, { refresh: true });
  await put(`${KIND}:${record.hash}`, { kind: KIND, updated_at, record });
  await put(TOMBSTONES_ID, { kind: TOMBSTONES_ID, updated_at, record: {} });
}

/**
 * Empty where Kindred has no indices yet.
 * @param since milliseconds since the epoch; absent is all
 */
export async function readTombstones(
  engine: Pick<EngineClient, 'scan'>,
  since?: number,
): Promise<Tombstone[]> {
  const recent = { range: { updated_at: { gte: since, format: 'epoch_millis' } } };
  const filter = [{ term: { kind: KIND } }, ...(since === undefined ? [] : [recent])];
  const found: Tombstone[] = [];
  try {
    const scan = engine.scan<{ record: Tombstone }>(TOMBSTONES_INDEX, { query: { bool: { filter } } });
    for await (const batch of scan) found.push(...batch.map(({ source }) => source.record));
  } catch (error) {
    if (!(error instanceof KindredError && error.code === 'index-not-found')) throw error;
  }
  return found;
}
