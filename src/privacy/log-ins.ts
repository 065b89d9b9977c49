// Whose an event without a user id is: the rule that training joins visits to accounts by (`training/sql/identities`).
import type { EngineClient, ScannedHit } from '../engine/client/client.js';

/** An id under which more users identified is no visitor's own. */
const MOST_USERS = 10;
export const VISIT_FIELDS = ['session_id', 'client_id'] as const;

/** An event as it is stored; what matters here. */
export interface LoggedEvent {
  readonly user_id?: string;
  readonly session_id?: string;
  readonly client_id?: string;
  readonly action_name?: string;
}

interface LogIn {
  readonly userId: string;
  readonly time: number;
}

/** milliseconds since the epoch */
export function timeOf({ fields }: Pick<ScannedHit<unknown>, 'fields'>): number {
  return Number(fields.timestamp?.[0]);
}

export const TIME_FIELD = { field: 'timestamp', format: 'epoch_millis' };
export const IDENTIFIED = { term: { action_name: 'identify' } };

/** Finds events that name one of these sessions or clients. */
export function ofVisits(ids: Readonly<Record<(typeof VISIT_FIELDS)[number], readonly string[]>>): object {
  const should = VISIT_FIELDS.map((field) => ({ terms: { [field]: ids[field] } }));
  return { bool: { should, minimum_should_match: 1 } };
}

/**
 * The user whom each event of nobody belongs to, by its session, else by its client: who identified first at that
 * moment or later, else last before. In the order given; undefined where nobody ever did.
 */
export async function ownersOf(
  engine: Pick<EngineClient, 'scan'>,
  index: string,
  events: readonly ScannedHit<LoggedEvent>[],
): Promise<(string | undefined)[]> {
  const ids = (field: (typeof VISIT_FIELDS)[number]) => [
    ...new Set(events.flatMap(({ source }) => source[field] ?? [])),
  ];
  const wanted = { session_id: ids('session_id'), client_id: ids('client_id') };
  const query = { bool: { filter: [IDENTIFIED, { exists: { field: 'user_id' } }, ofVisits(wanted)] } };
  const logIns = new Map<string, LogIn[]>();
  for await (const batch of engine.scan<LoggedEvent>(index, { query, docvalueFields: [TIME_FIELD] }))
    for (const hit of batch)
      for (const field of VISIT_FIELDS) {
        const { user_id: userId = '' } = hit.source;
        const key = visitKey(field, hit.source[field]);
        if (key) logIns.set(key, [...(logIns.get(key) ?? []), { userId, time: timeOf(hit) }]);
      }
  for (const [key, list] of logIns) {
    if (new Set(list.map(({ userId }) => userId)).size > MOST_USERS) logIns.delete(key);
    else list.sort((a, b) => a.time - b.time || (a.userId < b.userId ? -1 : 1));
  }
  return events.map((hit) =>
    VISIT_FIELDS.map((field) => {
      const list = logIns.get(visitKey(field, hit.source[field]) ?? '') ?? [];
      return (list.find(({ time }) => time >= timeOf(hit)) ?? list.at(-1))?.userId;
    }).find((userId) => userId !== undefined),
  );
}

function visitKey(field: string, id: string | undefined): string | undefined {
  return id === undefined ? undefined : JSON.stringify([field, id]);
}
