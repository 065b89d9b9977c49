// What the view of events holds: the newest one and the event types.
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import type { EventSurvey } from './training-source.js';

export async function surveyEvents(steps: Pick<SqlSteps, 'run'>): Promise<EventSurvey> {
  const rows = await steps.run('seen-events');
  const newest = rows.map((row) => Number(row.newest));
  return {
    newest: newest.length === 0 ? null : Math.max(...newest),
    seen: rows
      .filter(({ action_name }) => action_name !== null)
      .map(({ action_name, events }) => ({ action: String(action_name), events: Number(events) })),
  };
}
