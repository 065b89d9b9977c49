// What the event log holds in the time window a model learns from, by aggregations alone.
import { DAY_MS, DECAY_DAYS } from '../../core/affinity/affinity.js';
import { canonicalEventName, IDENTIFY } from '../../core/event/event-names.js';
import { CLOCK_SKEW_MS, EVENTS_INDEX } from '../../core/event/ubi-event.js';
import type { TimeDecay } from '../../core/model/model.js';
import type { EngineClient } from '../../engine/client/client.js';
import { isSeveral, MAX_HITS } from '../../engine/documents/several-indices.js';

/** Action names that are told apart; only a misused field has more. */
const MAX_ACTIONS = 1_000;
/** The most frequent products of each kind of event are looked up in the catalog. */
const MAX_PRODUCTS = 1_000;
/** Looked up at once: as many hits as an engine answers. */
const MAX_LOOKED_UP = 10_000;
const PRODUCT = 'event_attributes.object.object_id';
/** Sessions, and clients, of log-ins whose anonymous events are counted as the user's. */
const MAX_LOG_INS = 10_000;
const HAS_USER = { exists: { field: 'user_id' } };
const LOG_INS = { term: { action_name: IDENTIFY } };
const VISITOR_FIELDS = ['session_id', 'client_id'] as const;

interface Buckets {
  readonly buckets: readonly { readonly key: string; readonly doc_count: number }[];
}
interface Count {
  readonly doc_count: number;
}

export interface EventLog {
  /** milliseconds since the epoch; null when there is no event */
  readonly newest: number | null;
  /** events later than now */
  readonly future: number;
  /** events of known users inside the window, by canonical name */
  readonly events: ReadonlyMap<string, number>;
  /** the names they were sent with */
  readonly names: readonly string[];
  /** events inside the window that belong to no user */
  readonly anonymous: number;
  /** the query for events of known users: with a user id, or of a session or client that logged in */
  readonly known: object;
}

/** @param now milliseconds since the epoch */
export async function readEventLog(
  engine: EngineClient,
  timeDecay: TimeDecay,
  now: number,
): Promise<EventLog> {
  if (!(await engine.indexExists(EVENTS_INDEX)))
    return { newest: null, future: 0, events: new Map(), names: [], anonymous: 0, known: HAS_USER };
  const { newest, future } = await readNewest(engine, now);
  const window = inWindow(timeDecay, newest, now);
  const known = await knownUsers(engine, window);
  const { aggregations } = await engine.search<unknown, { known: { actions: Buckets }; anonymous: Count }>(
    EVENTS_INDEX,
    {
      size: 0,
      query: { bool: { filter: window, must_not: LOG_INS } },
      aggs: {
        known: { filter: known, aggs: { actions: { terms: { field: 'action_name', size: MAX_ACTIONS } } } },
        anonymous: { filter: { bool: { must_not: known } } },
      },
    },
  );
  const buckets = aggregations?.known.actions.buckets ?? [];
  const events = new Map<string, number>();
  for (const { key, doc_count } of buckets) {
    const name = canonicalEventName(key);
    events.set(name, (events.get(name) ?? 0) + doc_count);
  }
  const anonymous = aggregations?.anonymous.doc_count ?? 0;
  return { newest, future, events, names: buckets.map(({ key }) => key), anonymous, known };
}

async function readNewest(engine: EngineClient, now: number): Promise<Pick<EventLog, 'newest' | 'future'>> {
  const late = { range: { timestamp: { gt: now + CLOCK_SKEW_MS, format: 'epoch_millis' } } };
  const { aggregations } = await engine.search<unknown, { newest: { value: number | null }; late: Count }>(
    EVENTS_INDEX,
    { size: 0, aggs: { newest: { max: { field: 'timestamp' } }, late: { filter: late } } },
  );
  return { newest: aggregations?.newest.value ?? null, future: aggregations?.late.doc_count ?? 0 };
}

/** Nearly the events that training assigns to users: it also considers when users of a shared client logged in. */
async function knownUsers(engine: EngineClient, window: readonly object[]): Promise<object> {
  const terms = (field: string) => ({ terms: { field, size: MAX_LOG_INS } });
  const { aggregations } = await engine.search<unknown, Record<(typeof VISITOR_FIELDS)[number], Buckets>>(
    EVENTS_INDEX,
    {
      size: 0,
      query: { bool: { filter: [...window, LOG_INS, HAS_USER] } },
      aggs: Object.fromEntries(VISITOR_FIELDS.map((field) => [field, terms(field)])),
    },
  );
  const joined = VISITOR_FIELDS.flatMap((field) => {
    const buckets = aggregations?.[field].buckets ?? [];
    return buckets.length > 0 ? [{ terms: { [field]: buckets.map(({ key }) => key) } }] : [];
  });
  return { bool: { should: [HAS_USER, ...joined], minimum_should_match: 1 } };
}

/** The events that a model learns from: of how many users, and on which products. */
export interface LearnedEvents {
  /** users with such an event or a log-in, nearly exact up to 40,000 */
  readonly users: number;
  /** events on the most frequent products */
  readonly sampled: number;
  /** those of them on products that the catalog does not have */
  readonly unknown: number;
  /** events on products that are known to be missing, by canonical name: all of them where a kind is on few products */
  readonly missing: ReadonlyMap<string, number>;
  /** whether the most frequent products are all there are */
  readonly complete: boolean;
}

/**
 * @param catalog null where there is none yet: every product counts as known
 * @param log `names` of the events that count
 */
export async function readLearnedEvents(
  engine: EngineClient,
  catalog: string | null,
  log: Pick<EventLog, 'names' | 'newest' | 'known'> & { readonly timeDecay: TimeDecay; readonly now: number },
): Promise<LearnedEvents> {
  const counting = { bool: { filter: [{ terms: { action_name: log.names } }, log.known] } };
  const window = inWindow(log.timeDecay, log.newest, log.now);
  // Log-ins name the users of events without a user id.
  const query = (filter: readonly object[]) => ({
    bool: { filter: [...window, ...filter], should: [counting, LOG_INS], minimum_should_match: 1 },
  });
  const products = { terms: { field: PRODUCT, size: MAX_PRODUCTS } };
  const { aggregations } = await engine.search<
    unknown,
    {
      products: Buckets & { sum_other_doc_count: number };
      actions: { readonly buckets: readonly { readonly key: string; readonly products: Buckets }[] };
    }
  >(EVENTS_INDEX, {
    size: 0,
    query: query([]),
    aggs: { products, actions: { terms: { field: 'action_name', size: MAX_ACTIONS }, aggs: { products } } },
  });
  const buckets = aggregations?.products.buckets ?? [];
  const actions = aggregations?.actions.buckets ?? [];
  const all = [...buckets, ...actions.flatMap((action) => action.products.buckets)];
  const keys = [...new Set(all.map(({ key }) => key))].slice(0, MAX_LOOKED_UP);
  const inCatalog = new Set(catalog === null ? keys : await existingIds(engine, catalog, keys));
  const gone = keys.filter((key) => !inCatalog.has(key));
  const missing = new Map<string, number>();
  for (const action of actions) {
    const name = canonicalEventName(action.key);
    const lost = action.products.buckets.filter(({ key }) => gone.includes(key));
    missing.set(name, (missing.get(name) ?? 0) + sum(lost));
  }
  const known = { bool: { must_not: { terms: { [PRODUCT]: gone } } } };
  const people = await engine.search<unknown, { users: { value: number } }>(EVENTS_INDEX, {
    size: 0,
    query: query(gone.length > 0 ? [known] : []),
    aggs: { users: { cardinality: { field: 'user_id', precision_threshold: 40_000 } } },
  });
  return {
    users: people.aggregations?.users.value ?? 0,
    sampled: sum(buckets),
    unknown: sum(buckets.filter(({ key }) => !inCatalog.has(key))),
    missing,
    complete: aggregations?.products.sum_other_doc_count === 0,
  };
}

function sum(counted: Buckets['buckets']): number {
  return counted.reduce((total, { doc_count }) => total + doc_count, 0);
}

async function existingIds(
  engine: EngineClient,
  catalog: string,
  values: readonly string[],
): Promise<string[]> {
  // Each index of a catalog may have it.
  const size = isSeveral(catalog) ? MAX_HITS : MAX_LOOKED_UP;
  const body = { size, _source: false, query: { ids: { values } } };
  const { hits } = await engine.search(catalog, body);
  return hits.hits.map(({ _id }) => _id);
}

/** The time range a training would read: it counts ages from the newest event, at most from now. */
function inWindow(timeDecay: TimeDecay, newest: number | null, now: number): object[] {
  const days = DECAY_DAYS[timeDecay];
  if (days === null) return [];
  const gte = Math.min(now, newest ?? now) - days * DAY_MS;
  return [{ range: { timestamp: { gte, format: 'epoch_millis' } } }];
}
