// Judges every alert from one snapshot of facts.
import type { AlertFacts } from './alert-facts.js';
import { ALERT_NAMES, ALERT_RULES, type AlertName } from './alert-rules.js';
import type { Judged } from './follow-alerts.js';

/** @param off alerts that are switched off: nothing is found, and what fired resolves */
export function judgeAlerts(facts: AlertFacts, off: readonly AlertName[] = []): Judged {
  return new Map(ALERT_NAMES.map((name) => [name, off.includes(name) ? [] : ALERT_RULES[name].judge(facts)]));
}
