// Every stored event of one user: those with the user id, and those of sessions and clients attributed to the user.
import type { EngineClient, ScannedHit } from '../engine/client/client.js';
import {
  attributedUsers,
  eventsOfVisitors,
  LOG_INS,
  type LoggedEvent,
  TIME_FIELD,
  VISITOR_FIELDS,
} from './session-attribution.js';

/** Small enough for the session and client ids of a batch to fit into one query. */
const BATCH = 1_000;

/**
 * In batches, each event once; log-ins, which attribute the other events, among the last. Errors: the engine's own.
 */
export async function* userEvents(
  engine: Pick<EngineClient, 'scan'>,
  index: string,
  userId: string,
): AsyncGenerator<ScannedHit<LoggedEvent>[]> {
  const own = { term: { user_id: userId } };
  const scan = (query: object) =>
    engine.scan<LoggedEvent>(index, { query, docvalueFields: [TIME_FIELD], batch: BATCH });
  const visitors = { session_id: new Set<string>(), client_id: new Set<string>() };
  for await (const batch of scan({ bool: { filter: [own, LOG_INS] } }))
    for (const { source } of batch)
      for (const field of VISITOR_FIELDS) {
        const id = source[field];
        if (id !== undefined) visitors[field].add(id);
      }
  const [sessions, clients] = [[...visitors.session_id], [...visitors.client_id]];
  const seen = new Set<string>();
  for (let at = 0; at < Math.max(sessions.length, clients.length); at += BATCH) {
    const ids = {
      session_id: sessions.slice(at, at + BATCH),
      client_id: clients.slice(at, at + BATCH),
    };
    const withoutUser = {
      bool: { filter: [eventsOfVisitors(ids)], must_not: [{ exists: { field: 'user_id' } }] },
    };
    for await (const batch of scan(withoutUser)) {
      const users = await attributedUsers(engine, index, batch);
      const theirs = batch.filter(({ id }, position) => users[position] === userId && !seen.has(id));
      for (const { id } of theirs) seen.add(id);
      if (theirs.length > 0) yield theirs;
    }
  }
  for await (const batch of scan(own)) {
    // Where ids are analysed text, a query finds others too.
    const theirs = batch.filter(({ source }) => source.user_id === userId);
    if (theirs.length > 0) yield theirs;
  }
}
