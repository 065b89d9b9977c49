// Reads events of one shard of the event index into a table, by time and sequence number.
import { DOUBLE, VARCHAR } from '@duckdb/node-api';
import { quantityOf } from '../../../core/event/order-line.js';
import type { SqlSteps } from '../../../duckdb/sql-steps.js';
import type { EngineClient, IndexShard } from '../../../engine/client/client.js';
import { copyIndex } from '../copy-index.js';
import { timeRange } from './event-days.js';

interface StoredEvent {
  readonly user_id?: unknown;
  readonly client_id?: unknown;
  readonly session_id?: unknown;
  readonly action_name?: unknown;
  readonly user_query?: unknown;
  readonly event_attributes?: {
    readonly object?: { readonly object_id?: unknown };
    readonly quantity?: unknown;
  };
}

/** Events of `from` ≤ time < `to`; `newer`: of those only the ones with a sequence number in `above` < n ≤ `upTo`. */
export interface EventsToRead {
  readonly from: number;
  readonly to: number;
  readonly newer?: { readonly above: number; readonly upTo: number };
}

export interface ReadOptions {
  readonly engine: EngineClient;
  readonly shard: IndexShard;
  /** events that count as all */
  readonly total: number;
  /** called with the share of `total` read, 0–1 */
  readonly onShare: (share: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Fills the table `read_events` anew, with every column that any model needs.
 * @returns how many events were read. Errors: the engine's own.
 */
export async function readEvents(
  { connection }: SqlSteps,
  { from, to, newer }: EventsToRead,
  { engine, shard, total, onShare, signal }: ReadOptions,
): Promise<number> {
  return copyIndex<StoredEvent>(
    connection,
    engine,
    {
      index: shard.index,
      shard: shard.shard,
      query: {
        bool: {
          filter: [
            { range: { timestamp: timeRange(from, to) } },
            ...(newer ? [{ range: { _seq_no: { gt: newer.above, lte: newer.upTo } } }] : []),
          ],
        },
      },
      sourceIncludes: [
        'user_id',
        'client_id',
        'session_id',
        'action_name',
        'user_query',
        'event_attributes.object.object_id',
        'event_attributes.quantity',
      ],
      docvalueFields: ['_seq_no', { field: 'timestamp', format: 'epoch_millis' }],
      table: 'read_events',
      columns: {
        seq: DOUBLE,
        time: DOUBLE,
        user_id: VARCHAR,
        client_id: VARCHAR,
        session_id: VARCHAR,
        action_name: VARCHAR,
        object_id: VARCHAR,
        query: VARCHAR,
        quantity: DOUBLE,
      },
      row: ({ source, fields }) => [
        Number(fields._seq_no?.[0]),
        Number(fields.timestamp?.[0]),
        idText(source.user_id),
        idText(source.client_id),
        idText(source.session_id),
        idText(source.action_name),
        idText(source.event_attributes?.object?.object_id),
        idText(source.user_query),
        quantityOf(source.event_attributes?.quantity) ?? null,
      ],
      total,
      onShare,
    },
    signal,
  );
}

function idText(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' ? String(value) : null;
}
