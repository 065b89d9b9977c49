// Alerts as the API and the webhook tell them.
import type { AlertView } from '../contract/alert.js';
import { ALERT_NAMES, ALERT_RULES, type AlertName } from '../core/alert/alert-rules.js';
import { type AlertState, alertId } from '../core/alert/follow-alerts.js';

/** Null while it is pending. */
export function viewAlert(alert: AlertState): AlertView | null {
  const { name, subject, state, since, firedAt, summary, page } = alert;
  if (state === 'pending' || firedAt === null) return null;
  const { severity } = ALERT_RULES[name];
  const resolvedAt = state === 'resolved' ? since : null;
  return { id: alertId(alert), name, subject, severity, state, summary, firedAt, resolvedAt, page };
}

/** Firing ones by severity, then resolved ones. */
export function viewAlerts(states: readonly AlertState[]): AlertView[] {
  const views = states.flatMap((state) => viewAlert(state) ?? []);
  const rank = ({ state, severity }: AlertView) =>
    state === 'resolved' ? 2 : severity === 'critical' ? 0 : 1;
  return views.sort((a, b) => rank(a) - rank(b));
}

/** How many fire of each name. */
export function firingCounts(states: readonly AlertState[]): ReadonlyMap<AlertName, number> {
  return new Map(
    ALERT_NAMES.map((name) => [
      name,
      states.filter((each) => each.name === name && each.state === 'firing').length,
    ]),
  );
}

/** Of a message to try the webhook with. */
export function exampleAlert(now: number): AlertView {
  return {
    id: 'test',
    name: 'events-dried-up',
    subject: 'purchase',
    severity: 'critical',
    state: 'firing',
    summary: 'This is a test: nothing is wrong',
    firedAt: new Date(now).toISOString(),
    resolvedAt: null,
    page: '/overview',
  };
}
