// Attributes events without a user id to the user who identified in their session: training's rule (`training/sources/join-events.sql`).
import { MAX_USERS_PER_ID } from '../core/event/identity.js';
import type { EngineClient, ScannedHit } from '../engine/client/client.js';

export const VISITOR_FIELDS = ['session_id', 'client_id'] as const;

type VisitorField = (typeof VISITOR_FIELDS)[number];

/** The keys of a stored event that tell whose it is. */
export interface LoggedEvent {
  readonly user_id?: string;
  readonly session_id?: string;
  readonly client_id?: string;
  readonly action_name?: string;
}

export const TIME_FIELD = { field: 'timestamp', format: 'epoch_millis' };
/** Query for log-ins: the events `identify`. */
export const LOG_INS = { term: { action_name: 'identify' } };

/** Query for events of any of these sessions or clients. */
export function eventsOfVisitors(ids: Readonly<Record<VisitorField, readonly string[]>>): object {
  const should = VISITOR_FIELDS.map((field) => ({ terms: { [field]: ids[field] } }));
  return { bool: { should, minimum_should_match: 1 } };
}

/**
 * The user of each event without a user id, by its session, else by its client: who identified first at that moment
 * or later, else last before. In the order given; undefined where nobody ever identified.
 * @param events scanned with `TIME_FIELD` in `docvalueFields`
 */
export async function attributedUsers(
  engine: Pick<EngineClient, 'scan'>,
  index: string,
  events: readonly ScannedHit<LoggedEvent>[],
): Promise<(string | undefined)[]> {
  const logIns = await readLogIns(engine, index, events);
  return events.map((hit) =>
    VISITOR_FIELDS.map((field) => {
      const ofVisitor = logIns.get(visitorKey(field, hit.source[field]) ?? '') ?? [];
      return (ofVisitor.find(({ time }) => time >= timeOf(hit)) ?? ofVisitor.at(-1))?.userId;
    }).find((userId) => userId !== undefined),
  );
}

interface LogIn {
  readonly userId: string;
  /** milliseconds since the epoch */
  readonly time: number;
}

/** Log-ins in the sessions and on the clients of these events, by `visitorKey`, oldest first. */
async function readLogIns(
  engine: Pick<EngineClient, 'scan'>,
  index: string,
  events: readonly ScannedHit<LoggedEvent>[],
): Promise<Map<string, LogIn[]>> {
  const ids = (field: VisitorField) => [...new Set(events.flatMap(({ source }) => source[field] ?? []))];
  const visitors = { session_id: ids('session_id'), client_id: ids('client_id') };
  const query = {
    bool: { filter: [LOG_INS, { exists: { field: 'user_id' } }, eventsOfVisitors(visitors)] },
  };
  const logIns = new Map<string, LogIn[]>();
  for await (const batch of engine.scan<LoggedEvent>(index, { query, docvalueFields: [TIME_FIELD] }))
    for (const hit of batch)
      for (const field of VISITOR_FIELDS) {
        const { user_id: userId = '' } = hit.source;
        const key = visitorKey(field, hit.source[field]);
        if (key) logIns.set(key, [...(logIns.get(key) ?? []), { userId, time: timeOf(hit) }]);
      }
  for (const [key, ofVisitor] of logIns) {
    if (new Set(ofVisitor.map(({ userId }) => userId)).size > MAX_USERS_PER_ID) logIns.delete(key);
    else ofVisitor.sort((a, b) => a.time - b.time || (a.userId < b.userId ? -1 : 1));
  }
  return logIns;
}

function timeOf({ fields }: Pick<ScannedHit<unknown>, 'fields'>): number {
  return Number(fields.timestamp?.[0]);
}

function visitorKey(field: VisitorField, id: string | undefined): string | undefined {
  return id === undefined ? undefined : JSON.stringify([field, id]);
}
