// What the event log holds of the window a model looks at, asked by aggregations alone.
import { DAY_MS } from '../core/affinity.js';
import { CLOCK_SKEW_MS } from '../core/event.js';
import { eventNamed } from '../core/event-names.js';
import { DECAY_DAYS, type TimeDecay } from '../core/model.js';
import type { EngineClient } from '../engine/client.js';
import { EVENTS_INDEX } from './indices.js';

/** Names that are told apart; a shop with more sends something else in them. */
const NAMES = 1_000;
/** The most frequent products that are looked up in the catalog. */
const PRODUCTS = 1_000;

interface Buckets {
  readonly buckets: readonly { readonly key: string; readonly doc_count: number }[];
}

export interface EventLog {
  /** milliseconds since the epoch; null when there is no event */
  readonly newest: number | null;
  /** events later than now */
  readonly future: number;
  /** events of people with a user id inside the window, by the event they count under */
  readonly events: ReadonlyMap<string, number>;
  /** the names they were sent with */
  readonly names: readonly string[];
}

/** @param now milliseconds since the epoch */
export async function readEventLog(
  engine: EngineClient,
  timeDecay: TimeDecay,
  now: number,
): Promise<EventLog> {
  if (!(await engine.indexExists(EVENTS_INDEX)))
    return { newest: null, future: 0, events: new Map(), names: [] };
  const late = { range: { timestamp: { gt: now + CLOCK_SKEW_MS, format: 'epoch_millis' } } };
  const { aggregations: ends } = await engine.search(EVENTS_INDEX, {
    size: 0,
    aggs: { newest: { max: { field: 'timestamp' } }, late: { filter: late } },
  });
  const newest = (ends?.newest as { value: number | null } | undefined)?.value ?? null;
  const { aggregations } = await engine.search(EVENTS_INDEX, {
    size: 0,
    query: { bool: { filter: inWindow(timeDecay, newest, now) } },
    aggs: { actions: { terms: { field: 'action_name', size: NAMES } } },
  });
  const events = new Map<string, number>();
  const { buckets } = (aggregations?.actions ?? { buckets: [] }) as Buckets;
  for (const { key, doc_count } of buckets)
    events.set(eventNamed(key), (events.get(eventNamed(key)) ?? 0) + doc_count);
  return {
    newest,
    future: (ends?.late as { doc_count: number } | undefined)?.doc_count ?? 0,
    events,
    names: buckets.map(({ key }) => key),
  };
}

/** Who did something that counts, and on which products. */
export interface EventPeople {
  /** people with such an event, nearly exact up to 40,000 */
  readonly people: number;
  /** events on the most frequent products */
  readonly sampled: number;
  /** those of them on products that the catalog does not know */
  readonly unknown: number;
  /** whether these are all products there are */
  readonly complete: boolean;
}

/**
 * @param catalog null where there is none yet: then nothing is said of products
 * @param names of the events that count
 */
export async function readEventPeople(
  engine: EngineClient,
  catalog: string | null,
  {
    timeDecay,
    names,
    newest,
    now,
  }: { timeDecay: TimeDecay; now: number } & Pick<EventLog, 'names' | 'newest'>,
): Promise<EventPeople> {
  const filter = [{ terms: { action_name: names } }, ...inWindow(timeDecay, newest, now)];
  const { aggregations } = await engine.search(EVENTS_INDEX, {
    size: 0,
    query: { bool: { filter } },
    aggs: {
      people: { cardinality: { field: 'user_id', precision_threshold: 40_000 } },
      products: { terms: { field: 'event_attributes.object.object_id', size: PRODUCTS } },
    },
  });
  const products = aggregations?.products as (Buckets & { sum_other_doc_count: number }) | undefined;
  const buckets = products?.buckets ?? [];
  const keys = buckets.map(({ key }) => key);
  const known = new Set(catalog === null ? keys : await idsOf(engine, catalog, keys));
  const sum = (counted: Buckets['buckets']) => counted.reduce((total, { doc_count }) => total + doc_count, 0);
  return {
    people: (aggregations?.people as { value: number } | undefined)?.value ?? 0,
    sampled: sum(buckets),
    unknown: sum(buckets.filter(({ key }) => !known.has(key))),
    complete: products?.sum_other_doc_count === 0,
  };
}

async function idsOf(engine: EngineClient, catalog: string, values: readonly string[]): Promise<string[]> {
  const { hits } = await engine.search(catalog, {
    size: PRODUCTS,
    _source: false,
    query: { ids: { values } },
  });
  return hits.hits.map(({ _id }) => _id);
}

/** What a training would read: it counts ages from the newest event, or from now. */
function inWindow(timeDecay: TimeDecay, newest: number | null, now: number): object[] {
  const days = DECAY_DAYS[timeDecay];
  const gte = days === null ? undefined : Math.min(now, newest ?? now) - days * DAY_MS;
  return [
    { exists: { field: 'user_id' } },
    ...(gte === undefined ? [] : [{ range: { timestamp: { gte, format: 'epoch_millis' } } }]),
  ];
}
