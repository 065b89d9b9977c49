// Searches of Kindred's own: counts, aggregations, a few hits. Shoppers' searches do not come this way.

import { indexPath, onShard } from '../indices/index-path.js';
import type { EngineClient, EngineTransport, SearchAnswer } from './client.js';
import { call } from './engine-answer.js';

export function createSearches(transport: EngineTransport): Pick<EngineClient, 'search' | 'count'> {
  return {
    async search<T>(index: string, body: object, { shard }: { readonly shard?: number } = {}) {
      const path = indexPath(index, '_search');
      const querystring = onShard(shard);
      return (await call<SearchAnswer<T>>(transport, { method: 'POST', path, querystring, body })).body;
    },

    async count(index, query) {
      const path = indexPath(index, '_count');
      const body = query && { query };
      return (await call<{ count: number }>(transport, { method: 'POST', path, body })).body.count;
    },
  };
}
