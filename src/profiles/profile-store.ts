// Profiles as the hot path reads them: from memory when they are known, else from the profile index.
import { type ProfileDocument, parseProfile } from '../core/profile/profile.js';
import type { EngineClient } from '../engine/client/client.js';
import { createDocumentCache, type DocumentCacheOptions } from '../engine/documents/document-cache.js';

export type ProfileStoreOptions = Pick<
  DocumentCacheOptions<ProfileDocument>,
  'maxBytes' | 'ttlMs' | 'negativeTtlMs'
>;

/** Profiles by document id, in the order asked; null where there is none. Rejects when the store cannot be read. */
export type ReadProfiles = (index: string, ids: readonly string[]) => Promise<(ProfileDocument | null)[]>;

export interface ProfileStore {
  /**
   * Profiles by document id (`individualId`, `groupId`, `populationId`), in the order asked; null where there is
   * none. Rejects with the engine's KindredError, or `profile-malformed` for a document no trainer wrote.
   */
  readonly read: ReadProfiles;
  /** Profiles that were asked for so far, and those of them that memory did not have. */
  counts(): { readonly reads: number; readonly misses: number };
  /** Forgets what it holds under these document ids. */
  forget(isMeant: (id: string) => boolean): Promise<void>;
}

/** Bounded by `maxBytes`, one fetch per document however many wait; stale profiles serve while they refresh. */
export function createProfileStore(
  engine: Pick<EngineClient, 'mget'>,
  options: ProfileStoreOptions,
): ProfileStore {
  return createDocumentCache(engine, { ...options, parse: parseProfile });
}
