// What the event log holds of the window a model looks at, asked by aggregations alone.
import { DAY_MS, DECAY_DAYS, type TimeDecay } from '../../core/affinity/time-decay.js';
import { canonicalEventName, IDENTIFY } from '../../core/event/event-names.js';
import { CLOCK_SKEW_MS } from '../../core/event/ubi-event.js';
import type { EngineClient } from '../../engine/client/client.js';
import { EVENTS_INDEX } from '../store/index-names.js';

/** Names that are told apart; a shop with more sends something else in them. */
const NAMES = 1_000;
/** The most frequent products that are looked up in the catalog. */
const PRODUCTS = 1_000;
/** Sessions, and devices, of log-ins whose anonymous events are counted as the account's. */
const VISITS = 10_000;
const USER = { exists: { field: 'user_id' } };
const LOG_INS = { term: { action_name: IDENTIFY } };

interface Buckets {
  readonly buckets: readonly { readonly key: string; readonly doc_count: number }[];
}

export interface EventLog {
  /** milliseconds since the epoch; null when there is no event */
  readonly newest: number | null;
  /** events later than now */
  readonly future: number;
  /** events of known people inside the window, by the event they count under */
  readonly events: ReadonlyMap<string, number>;
  /** the names they were sent with */
  readonly names: readonly string[];
  /** events inside the window that are nobody's */
  readonly anonymous: number;
  /** what finds events of known people: with a user id, or of a session or device that logged in */
  readonly known: object;
}

/** @param now milliseconds since the epoch */
export async function readEventLog(
  engine: EngineClient,
  timeDecay: TimeDecay,
  now: number,
): Promise<EventLog> {
  if (!(await engine.indexExists(EVENTS_INDEX)))
    return { newest: null, future: 0, events: new Map(), names: [], anonymous: 0, known: USER };
  const late = { range: { timestamp: { gt: now + CLOCK_SKEW_MS, format: 'epoch_millis' } } };
  const { aggregations: ends } = await engine.search(EVENTS_INDEX, {
    size: 0,
    aggs: { newest: { max: { field: 'timestamp' } }, late: { filter: late } },
  });
  const newest = (ends?.newest as { value: number | null } | undefined)?.value ?? null;
  const window = inWindow(timeDecay, newest, now);
  const known = await knownPeople(engine, window);
  const { aggregations } = await engine.search(EVENTS_INDEX, {
    size: 0,
    query: { bool: { filter: window, must_not: LOG_INS } },
    aggs: {
      known: { filter: known, aggs: { actions: { terms: { field: 'action_name', size: NAMES } } } },
      anonymous: { filter: { bool: { must_not: known } } },
    },
  });
  const events = new Map<string, number>();
  const { buckets } = (aggregations?.known as { actions: Buckets } | undefined)?.actions ?? { buckets: [] };
  for (const { key, doc_count } of buckets)
    events.set(canonicalEventName(key), (events.get(canonicalEventName(key)) ?? 0) + doc_count);
  return {
    newest,
    future: (ends?.late as { doc_count: number } | undefined)?.doc_count ?? 0,
    events,
    names: buckets.map(({ key }) => key),
    anonymous: (aggregations?.anonymous as { doc_count: number } | undefined)?.doc_count ?? 0,
    known,
  };
}

/** Nearly what training joins: it also minds who logged in when on a shared device. */
async function knownPeople(engine: EngineClient, window: readonly object[]): Promise<object> {
  const visits = ['session_id', 'client_id'];
  const terms = (field: string) => ({ terms: { field, size: VISITS } });
  const { aggregations } = await engine.search(EVENTS_INDEX, {
    size: 0,
    query: { bool: { filter: [...window, LOG_INS, USER] } },
    aggs: Object.fromEntries(visits.map((field) => [field, terms(field)])),
  });
  const joined = visits.flatMap((field) => {
    const { buckets } = (aggregations?.[field] ?? { buckets: [] }) as Buckets;
    return buckets.length > 0 ? [{ terms: { [field]: buckets.map(({ key }) => key) } }] : [];
  });
  return { bool: { should: [USER, ...joined], minimum_should_match: 1 } };
}

/** Who did something that counts, and on which products. */
export interface EventPeople {
  /** people with such an event or a log-in, nearly exact up to 40,000 */
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
    known,
    now,
  }: { timeDecay: TimeDecay; now: number } & Pick<EventLog, 'names' | 'newest' | 'known'>,
): Promise<EventPeople> {
  const counting = { bool: { filter: [{ terms: { action_name: names } }, known] } };
  const { aggregations } = await engine.search(EVENTS_INDEX, {
    size: 0,
    query: {
      bool: {
        filter: inWindow(timeDecay, newest, now),
        // Log-ins name the people of events that name nobody.
        should: [counting, LOG_INS],
        minimum_should_match: 1,
      },
    },
    aggs: {
      people: { cardinality: { field: 'user_id', precision_threshold: 40_000 } },
      products: { terms: { field: 'event_attributes.object.object_id', size: PRODUCTS } },
    },
  });
  const products = aggregations?.products as (Buckets & { sum_other_doc_count: number }) | undefined;
  const buckets = products?.buckets ?? [];
  const keys = buckets.map(({ key }) => key);
  const inCatalog = new Set(catalog === null ? keys : await idsOf(engine, catalog, keys));
  const sum = (counted: Buckets['buckets']) => counted.reduce((total, { doc_count }) => total + doc_count, 0);
  return {
    people: (aggregations?.people as { value: number } | undefined)?.value ?? 0,
    sampled: sum(buckets),
    unknown: sum(buckets.filter(({ key }) => !inCatalog.has(key))),
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
  return gte === undefined ? [] : [{ range: { timestamp: { gte, format: 'epoch_millis' } } }];
}
