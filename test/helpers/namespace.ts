// A real engine whose every index name gets a prefix, so that tests with fixed index names can run side by side.
import { randomBytes } from 'node:crypto';
import type { EngineKind } from '../../src/core/engine-kind.js';
import type { EngineClient } from '../../src/engine/client/client.js';
import { connectTest } from './engines.js';

export interface Namespace {
  /** index names without the prefix */
  readonly engine: EngineClient;
  readonly prefix: string;
  /** without the namespace */
  readonly connection: EngineClient;
  /** deletes the namespace's indices and disconnects */
  close(): Promise<void>;
}

/** @param name of the tests, which begins the prefix */
export async function openNamespace(kind: EngineKind, name: string): Promise<Namespace> {
  const connection = await connectTest(kind);
  const prefix = `${name}-${randomBytes(4).toString('hex')}-`;
  const engine = inNamespace(connection, prefix);
  return {
    engine,
    prefix,
    connection,
    async close() {
      for (const index of await engine.listIndices('*')) await engine.deleteIndex(index);
      await connection.close();
    },
  };
}

function inNamespace(engine: EngineClient, prefix: string): EngineClient {
  // Every name of a list, also of what it excludes.
  const at = (index: string) =>
    index
      .split(',')
      .map((each) => each.replace(/^-?/, (minus) => minus + prefix))
      .join();
  const inPath = (path: string) =>
    path.replace(
      /^\/([^_/?][^/?]*)/,
      (_, index: string) => `/${encodeURIComponent(at(decodeURIComponent(index)))}`,
    );
  return {
    ...engine,
    // Paths that begin with an index; others, such as `/_scripts`, are everybody's.
    request: (sent) => engine.request({ ...sent, path: inPath(sent.path) }),
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
