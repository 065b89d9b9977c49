// Alerts for tests of something else: none are looked for, and the routes answer an example.
import { exampleAlert } from '../../src/alerts/view-alerts.js';
import type { AlertList } from '../../src/contract/alert.js';
import { ALERT_NAMES } from '../../src/core/alert/alert-rules.js';

/** As settings. */
export const NO_ALERTS = { off: [...ALERT_NAMES], webhook: null };

/** As the routes of the admin API call them. */
export const exampleAlerts = {
  list: (): AlertList => ({
    checkedAt: '2026-03-01T12:00:00.000Z',
    alerts: [exampleAlert(0)],
    webhook: { host: 'hooks.example', signed: true, last: null },
  }),
  test: async () => ({ delivered: true, message: 'answered 200' }),
};
