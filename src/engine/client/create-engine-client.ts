// The whole client over one transport: the same steps for both engines.
import type { EngineKind } from '../../core/engine-kind.js';
import { createBulk } from '../documents/bulk.js';
import { createDocuments } from '../documents/documents.js';
import { createScan } from '../documents/scan-index.js';
import { createAliases } from '../indices/aliases.js';
import { indexPath, onShard } from '../indices/index-path.js';
import { createIndices } from '../indices/indices.js';
import type { EngineClient, EngineTransport, SearchResponse } from './client.js';
import { call } from './engine-response.js';

export interface EngineConnection {
  readonly kind: EngineKind;
  readonly version: string;
  readonly url: string;
  readonly transport: EngineTransport;
  close(): Promise<void>;
}

export function createEngineClient(connection: EngineConnection): EngineClient {
  const { kind, version, url, transport, close } = connection;
  return {
    kind,
    version,
    url,
    request: transport,
    ...createIndices(transport),
    ...createAliases(transport),
    ...createDocuments(transport),
    ...createBulk(transport),
    ...createSearches(transport),
    ...createScan(transport, kind, version),
    close,
  };
}

/** Kindred's own searches: counts, aggregations, a few hits. Those of storefronts go through `upstream.ts`. */
function createSearches(transport: EngineTransport): Pick<EngineClient, 'search' | 'count'> {
  return {
    async search<T, A>(index: string, body: object, { shard }: { readonly shard?: number } = {}) {
      const path = indexPath(index, '_search');
      const querystring = onShard(shard);
      return (await call<SearchResponse<T, A>>(transport, { method: 'POST', path, querystring, body })).body;
    },

    async count(index, query) {
      const path = indexPath(index, '_count');
      const body = query && { query };
      return (await call<{ count: number }>(transport, { method: 'POST', path, body })).body.count;
    },
  };
}
