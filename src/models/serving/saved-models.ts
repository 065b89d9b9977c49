// The saved versions of models, for searches that name a model other than the active one.
import { LRUCache } from 'lru-cache';
import type { ActiveModel } from '../../core/model/model.js';
import { findVersion, type ModelRecord, toActiveModel } from '../store/model-record.js';
import type { ModelStore } from '../store/model-store.js';

const TTL_MS = 2_000;

/** Model id → its saved version, read at most every two seconds; null when there is none. */
export function createSavedModels(
  modelStore: Pick<ModelStore, 'list'>,
): (id: string) => Promise<ActiveModel | null> {
  const cache = new LRUCache<string, ReadonlyMap<string, ActiveModel>>({
    max: 1,
    ttl: TTL_MS,
    fetchMethod: async () => new Map((await modelStore.list()).flatMap(savedVersion)),
  });
  return async (id) => (await cache.fetch('all'))?.get(id) ?? null;
}

function savedVersion(record: ModelRecord): [string, ActiveModel][] {
  const saved = findVersion(record, record.savedVersion);
  return saved ? [[record.model.id, toActiveModel(saved)]] : [];
}
