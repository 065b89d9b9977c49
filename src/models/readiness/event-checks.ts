// Readiness checks of the event log: events of every weighted kind, users, known products, time.
import type { ReadinessCheck } from '../../contract/readiness.js';
import { DAY_MS, DECAY_DAYS, relativeEventWeights } from '../../core/affinity/affinity.js';
import { canonicalEventName } from '../../core/event/event-names.js';
import { formatCount } from '../../core/format-count.js';
import type { Model } from '../../core/model/model.js';
import type { EngineClient } from '../../engine/client/client.js';
import {
  type EventLog,
  type LearnedEvents,
  readEventLog,
  readLearnedEvents,
} from '../statistics/event-log-statistics.js';

/** With fewer users the population profile, with which every user is compared, says little. */
const MIN_USERS = 100;
/** Share of events on unknown products above which there is a warning. */
const MAX_UNKNOWN_SHARE = 0.05;

/**
 * @param catalog null where there are no products yet
 * @param now milliseconds since the epoch
 */
export async function eventChecks(
  engine: EngineClient,
  catalog: string | null,
  model: Model | null,
  now: number,
): Promise<ReadinessCheck[]> {
  const log = await readEventLog(engine, model?.timeDecay ?? 'all', now);
  if (!model) {
    const count = [...log.events.values()].reduce((sum, events) => sum + events, 0);
    const found = count > 0 ? `${formatCount(count, 'event')} of any type` : 'no event of any type';
    const message = `${found} of known people${count > 0 ? '' : `; ${howToSend(log)}`}`;
    return [{ name: 'events', path: null, ok: count > 0, warning: false, message, count }];
  }
  const weights = relativeEventWeights(model.eventWeights);
  const counts = (event: string) => (weights.get(event) ?? 0) > 0;
  const count = [...log.events].reduce((sum, [event, events]) => sum + (counts(event) ? events : 0), 0);
  if (count === 0) {
    const none = new Map<string, number>();
    const checks = [totalCheck(model, log, 0, 0), ...weightChecks(model, log, none, now)];
    return [...checks, ...timeChecks(model, log, now)];
  }
  const names = log.names.filter((name) => counts(canonicalEventName(name)));
  const found = await readLearnedEvents(engine, catalog, {
    ...log,
    names,
    now,
    timeDecay: model.timeDecay,
  });
  const missing = [...found.missing.values()].reduce((sum, events) => sum + events, 0);
  return [
    totalCheck(model, log, count, missing),
    ...weightChecks(model, log, found.missing, now),
    usersCheck(found),
    ...productsCheck(found),
    ...timeChecks(model, log, now),
  ];
}

function howToSend({ anonymous }: EventLog): string {
  if (anonymous === 0) return 'send events to /_kindred/events or load them with kindred load';
  const unassigned = `${formatCount(anonymous, 'event')} ${anonymous === 1 ? 'is' : 'are'} nobody's`;
  return `${unassigned}: send user_id with them, or POST /_kindred/identify when people log in`;
}

/** @param missing of the events, those on products that the catalog does not have */
function totalCheck(
  { eventWeights, timeDecay }: Model,
  log: EventLog,
  all: number,
  missing: number,
): ReadinessCheck {
  const count = all - missing;
  const check = { name: 'events', path: null, ok: count > 0, warning: false, count } as const;
  const names = [...relativeEventWeights(eventWeights)].flatMap(([name, weight]) => (weight > 0 ? name : []));
  const kinds = `of the weighted types (${names.join(', ')}) of known people${inLast(timeDecay)}`;
  if (all > 0) {
    const found = count > 0 ? formatCount(count, 'event') : 'no event that counts';
    return { ...check, message: `${found} ${kinds}${onMissing(missing)}` };
  }
  const logged = [...log.events].map(([event, times]) => `${event} (${times})`).join(', ');
  const cure =
    logged === '' ? howToSend(log) : `the log has ${logged}: weigh one of them, or ${howToSend(log)}`;
  return { ...check, message: `no event ${kinds}; ${cure}` };
}

/** What is said of events that count for nothing. */
function onMissing(missing: number): string {
  if (missing === 0) return '';
  return `; ${formatCount(missing, 'more is', 'more are')} on products that the catalog does not have, and ${missing === 1 ? 'counts' : 'count'} for nothing`;
}

/** One of each weighted type. @param missing events on products that the catalog does not have, by canonical name */
function weightChecks(
  { eventWeights, timeDecay }: Model,
  { events, newest }: EventLog,
  missing: ReadonlyMap<string, number>,
  now: number,
): ReadinessCheck[] {
  const counted = (event: string) => (events.get(event) ?? 0) - (missing.get(event) ?? 0);
  const within = timespan(timeDecay, newest, now);
  const clicksAreViews = !eventWeights.some(({ event }) => event === 'click');
  return eventWeights.map(({ event, weight }, position) => {
    const clicks = event === 'view' && clicksAreViews ? counted('click') : 0;
    const name = canonicalEventName(event);
    const count = counted(name) + clicks;
    const gone =
      (missing.get(name) ?? 0) + (event === 'view' && clicksAreViews ? (missing.get('click') ?? 0) : 0);
    const warning = weight > 0 && count === 0;
    const ofClicks = clicks > 0 ? `, ${formatCount(clicks, 'click')} among them` : '';
    const message = warning
      ? `no "${event}" of a known person that counts${within}${onMissing(gone)}: its weight of ${weight} does nothing until such events arrive`
      : `"${event}": ${formatCount(count, 'event')}${ofClicks}${weight === 0 ? ', which do not count: their weight is 0' : ''}${within}${onMissing(gone)}`;
    return { name: 'event', path: `eventWeights.${position}`, ok: true, warning, message, count };
  });
}

function usersCheck({ users }: LearnedEvents): ReadinessCheck {
  const warning = users < MIN_USERS;
  const found = `${formatCount(users, 'person has', 'people have')} events that count`;
  const message = warning
    ? `only ${found}: below ${MIN_USERS}, what everybody prefers is hardly known, and preferences follow single people`
    : found;
  return { name: 'people', path: null, ok: true, warning, message, count: users };
}

/** Whether the catalog has the most frequent products; no check while it has nearly all. */
function productsCheck({ sampled, unknown, complete }: LearnedEvents): ReadinessCheck[] {
  if (unknown <= MAX_UNKNOWN_SHARE * sampled) return [];
  const percent = Math.round((100 * unknown) / sampled);
  const message =
    `${percent} % of ${complete ? 'the events' : 'events on the most frequent products'} are on products that ` +
    'the catalog does not know, and do not count; check that object_id is the document id, or load these products';
  const nothingCounts = complete && unknown === sampled;
  return [
    { name: 'products', path: null, ok: !nothingCounts, warning: !nothingCounts, message, count: unknown },
  ];
}

function timeChecks({ timeDecay }: Model, { newest, future }: EventLog, now: number): ReadinessCheck[] {
  const days = DECAY_DAYS[timeDecay];
  const age = newest === null ? 0 : Math.floor((now - newest) / DAY_MS);
  const warning = (path: string | null, message: string, count: number | null): ReadinessCheck => ({
    ...{ name: 'time', path, ok: true, warning: true, message, count },
  });
  const old =
    `the newest event is ${formatCount(age, 'day')} old, more than the ${days} days that count; ages are counted ` +
    'from it, so training works, but check that events still arrive';
  const late =
    `${formatCount(future, 'event')} ${future === 1 ? 'has a timestamp' : 'have timestamps'} in the future and ` +
    'count as of now; check the clock of what sends them';
  return [
    ...(days !== null && age > days ? [warning('timeDecay', old, null)] : []),
    ...(future > 0 ? [warning(null, late, future)] : []),
  ];
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** From when to when events are counted: from the newest one back. */
function timespan(timeDecay: Model['timeDecay'], newest: number | null, now: number): string {
  const days = DECAY_DAYS[timeDecay];
  if (days === null) return '';
  const until = Math.min(now, newest ?? now);
  return ` from ${DAY.format(until - days * DAY_MS)} to ${DAY.format(until)}`;
}

function inLast(timeDecay: Model['timeDecay']): string {
  const days = DECAY_DAYS[timeDecay];
  return days === null ? '' : ` in the last ${days} days of events`;
}
