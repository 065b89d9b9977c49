// Every hit of an index once, from one point in time, in batches that fit in memory.
import type { EngineKind } from '../../core/engine-kind.js';
import { KindredError } from '../../core/errors.js';
import type { EngineClient, EngineTransport, ScannedHit, ScanOptions } from '../client/client.js';
import { call } from '../client/engine-response.js';
import { indexPath, onShard } from '../indices/index-path.js';

/** How long the engine keeps the point in time between two batches. */
const KEEP_ALIVE = '5m';

interface Batch<T> {
  readonly pit_id: string;
  readonly hits: {
    readonly hits: readonly {
      _id: string;
      _source: T;
      fields?: Record<string, readonly unknown[]>;
      sort: unknown[];
    }[];
  };
}

/** `scan` rejects with `index-not-found` (404), `engine-error` (502) when a shard is missing, `cancelled` (499). */
export function createScan(
  transport: EngineTransport,
  kind: EngineKind,
  version: string,
): Pick<EngineClient, 'scan'> {
  const pointInTime = kind === 'elasticsearch' ? elasticsearchPit(transport) : opensearchPit(transport);
  const sort = scanOrder(kind, version);

  async function* scan<T>(index: string, options: ScanOptions = {}): AsyncGenerator<ScannedHit<T>[]> {
    const size = options.batch ?? 5_000;
    let id = await pointInTime.open(index, options.shard);
    let after: unknown[] | undefined;
    try {
      for (;;) {
        if (options.signal?.aborted)
          throw new KindredError('cancelled', `Reading ${index} was cancelled.`, { status: 499 });
        const { body } = await call<Batch<T>>(transport, {
          method: 'POST',
          path: '/_search',
          // Without it, a response that lacks shards looks like a complete one.
          querystring: { allow_partial_search_results: false },
          body: {
            size,
            sort,
            track_total_hits: false,
            pit: { id, keep_alive: KEEP_ALIVE },
            search_after: after,
            query: options.query,
            _source: options.sourceIncludes,
            docvalue_fields: options.docvalueFields,
            fields: options.fields,
          },
        });
        id = body.pit_id;
        const { hits } = body.hits;
        if (hits.length > 0)
          yield hits.map(({ _id, _source, fields = {} }) => ({ id: _id, source: _source, fields }));
        if (hits.length < size) return;
        after = hits.at(-1)?.sort;
      }
    } finally {
      await pointInTime.close(id);
    }
  }
  return { scan };
}

/** Index order, with a tie-break that OpenSearch has had since 3.3; before that the id has to do. */
function scanOrder(kind: EngineKind, version: string): string[] {
  if (kind === 'elasticsearch') return ['_shard_doc'];
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return ['_doc', major > 3 || (major === 3 && minor >= 3) ? '_shard_doc' : '_id'];
}

interface PointInTime {
  open(index: string, shard?: number): Promise<string>;
  /** a point in time that is gone already is not an error */
  close(id: string): Promise<void>;
}

function elasticsearchPit(transport: EngineTransport): PointInTime {
  return {
    async open(index, shard) {
      const path = indexPath(index, '_pit');
      const querystring = { keep_alive: KEEP_ALIVE, ...onShard(shard) };
      return (await call<{ id: string }>(transport, { method: 'POST', path, querystring })).body.id;
    },
    async close(id) {
      await call(transport, { method: 'DELETE', path: '/_pit', body: { id } }, [404]);
    },
  };
}

function opensearchPit(transport: EngineTransport): PointInTime {
  return {
    async open(index, shard) {
      const path = indexPath(index, '_search', 'point_in_time');
      const querystring = { keep_alive: KEEP_ALIVE, ...onShard(shard) };
      return (await call<{ pit_id: string }>(transport, { method: 'POST', path, querystring })).body.pit_id;
    },
    async close(id) {
      const path = '/_search/point_in_time';
      await call(transport, { method: 'DELETE', path, body: { pit_id: [id] } }, [404]);
    },
  };
}
