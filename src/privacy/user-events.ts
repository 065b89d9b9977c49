// Every stored event of one person: those that name them, and those of visits that turned out to be theirs.
import type { EngineClient, ScannedHit } from '../engine/client/client.js';
import { IDENTIFIED, type LoggedEvent, ofVisits, ownersOf, TIME_FIELD, VISIT_FIELDS } from './log-ins.js';

/** Small enough for the ids of its visits to go into one query. */
const BATCH = 1_000;

/**
 * In batches, each event once; log-ins, which tell which visits are theirs, among the last. Events of nobody are theirs
 * as in training: by who identified in their session or on their client. Errors: the engine's own.
 */
export async function* userEvents(
  engine: Pick<EngineClient, 'scan'>,
  index: string,
  userId: string,
): AsyncGenerator<ScannedHit<LoggedEvent>[]> {
  const own = { term: { user_id: userId } };
  const scan = (query: object) =>
    engine.scan<LoggedEvent>(index, { query, docvalueFields: [TIME_FIELD], batch: BATCH });
  const visits = { session_id: new Set<string>(), client_id: new Set<string>() };
  for await (const batch of scan({ bool: { filter: [own, IDENTIFIED] } }))
    for (const { source } of batch)
      for (const field of VISIT_FIELDS) {
        const id = source[field];
        if (id !== undefined) visits[field].add(id);
      }
  const [sessions, clients] = [[...visits.session_id], [...visits.client_id]];
  const seen = new Set<string>();
  for (let at = 0; at < Math.max(sessions.length, clients.length); at += BATCH) {
    const some = {
      session_id: sessions.slice(at, at + BATCH),
      client_id: clients.slice(at, at + BATCH),
    };
    const nobodys = { bool: { filter: [ofVisits(some)], must_not: [{ exists: { field: 'user_id' } }] } };
    for await (const batch of scan(nobodys)) {
      const owners = await ownersOf(engine, index, batch);
      const theirs = batch.filter(({ id }, position) => owners[position] === userId && !seen.has(id));
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
