// The alerts in docs/operations.md ask for metrics, labels and values that are really served, by Kindred's own thresholds.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { firingCounts } from '../../src/alerts/view-alerts.js';
import { ALERT_NAMES, ALERT_RULES, LATE, REJECTED } from '../../src/core/alert/alert-rules.js';
import { skipped } from '../../src/search/answer/x-personalization.js';
import { createProxyMetrics } from '../../src/server/proxy-metrics.js';

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert: string; readonly expr: string; readonly for?: string }[];
  }[];
}

const read = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

function readRules() {
  const { groups }: Rules = parse(/```yaml\n(groups:[\s\S]*?)```/.exec(read('operations.md'))?.[1] ?? '');
  return groups.flatMap(({ rules }) => rules);
}

test('every selector of the rules matches a series', async () => {
  const { metrics, search, alerts } = createProxyMetrics();
  search(skipped('profile-timeout', true), 1);
  search(skipped('profile-error'), 1);
  alerts(() => firingCounts([]));
  const { text } = await metrics.text();
  const selectors = readRules().flatMap(({ expr }) => [...expr.matchAll(/(kindred_\w+)\{([^}]*)\}/g)]);
  expect(selectors).toHaveLength(5);
  for (const [, name = '', labels = ''] of selectors)
    expect(
      text
        .split('\n')
        .filter(
          (line) =>
            line.startsWith(`${name}{`) &&
            labels.split(',').every((label) => label.includes('!~') || line.includes(label)),
        ),
    ).not.toEqual([]);
  for (const name of ALERT_NAMES) expect(text).toContain(`kindred_alert{alert="${name}"} 0\n`);
});

test('the rules are of the same names and thresholds as the alerts of Kindred itself', () => {
  const rules = readRules();
  const own = ALERT_NAMES.filter((name) => rules.some(({ alert }) => alert === ruleName(name)));
  expect(own).toEqual(['events-rejected', 'profiles-unreadable', 'profiles-too-late']);
  const rest = rules.find(({ alert }) => alert === 'KindredAlert');
  expect(
    /!~"([^"]*)"/
      .exec(rest?.expr ?? '')?.[1]
      ?.split('|')
      .sort(),
  ).toEqual([...own].sort());
  const expressionOf = (name: string) => rules.find(({ alert }) => alert === ruleName(name))?.expr ?? '';
  const thresholds = ({ share, min }: typeof LATE) =>
    new RegExp(`\\[1h\\].*> ${share} \\* .*\\[1h\\].*>= ${min}\\)`, 's');
  expect(expressionOf('profiles-too-late')).toMatch(thresholds(LATE));
  expect(expressionOf('events-rejected')).toMatch(thresholds(REJECTED));
  expect(expressionOf('profiles-unreadable')).toMatch(/\[5m\].*> 0/s);
  for (const name of own)
    expect(rules.find(({ alert }) => alert === ruleName(name))?.for).toBe(`${ALERT_RULES[name].checks}m`);
});

test('docs/alerts.md has a row for each alert, with its severity', () => {
  const rows = [...read('alerts.md').matchAll(/^\| `([a-z-]+)`( \(critical\))? \|/gm)];
  expect(rows.map(([, name, critical]) => [name, critical ? 'critical' : 'warning'])).toEqual(
    ALERT_NAMES.map((name) => [name, ALERT_RULES[name].severity]),
  );
});

function ruleName(name: string): string {
  return `Kindred${name.replace(/(^|-)[a-z]/g, (start) => start.slice(-1).toUpperCase())}`;
}
