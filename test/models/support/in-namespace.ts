// A real engine whose every index name gets a prefix, so that tests with fixed index names can run side by side.
import type { EngineClient } from '../../../src/engine/client/client.js';

export function inNamespace(engine: EngineClient, prefix: string): EngineClient {
  const at = (index: string) => prefix + index;
  return {
    ...engine,
    // Paths that begin with an index; others, such as `/_scripts`, are everybody's.
    request: (sent) => engine.request({ ...sent, path: sent.path.replace(/^\/(?=[^_])/, `/${prefix}`) }),
    indexExists: (index) => engine.indexExists(at(index)),
    createIndex: (index, definition) => engine.createIndex(at(index), definition),
    deleteIndex: (index) => engine.deleteIndex(at(index)),
    getMapping: (index) => engine.getMapping(at(index)),
    putSettings: (index, settings) => engine.putSettings(at(index), settings),
    listShards: async (index) =>
      (await engine.listShards(at(index))).map((shard) => ({
        ...shard,
        index: shard.index.slice(prefix.length),
      })),
    refresh: (index) => engine.refresh(at(index)),
    listIndices: async (pattern) =>
      (await engine.listIndices(at(pattern))).map((name) => name.slice(prefix.length)),
    aliasTargets: async (alias) =>
      (await engine.aliasTargets(at(alias))).map((name) => name.slice(prefix.length)),
    swapAlias: (alias, index) => engine.swapAlias(at(alias), at(index)),
    get: (index, id) => engine.get(at(index), id),
    mget: (index, ids, includes) => engine.mget(at(index), ids, includes),
    put: (index, id, document, options) => engine.put(at(index), id, document, options),
    delete: (index, id, options) => engine.delete(at(index), id, options),
    bulk: (index, items, options) => engine.bulk(at(index), items, options),
    search: (index, body) => engine.search(at(index), body),
    count: (index, query) => engine.count(at(index), query),
    scan: (index, options) => engine.scan(at(index), options),
  };
}
