// The alerts in docs/operations.md ask for metrics, labels and values that are really served.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { skipped } from '../../src/search/answer/x-personalization.js';
import { createProxyMetrics } from '../../src/server/proxy-metrics.js';

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert: string; readonly expr: string }[];
  }[];
}

test('every selector of the rules matches a series', async () => {
  const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const rules: Rules = parse(/```yaml\n(groups:[\s\S]*?)```/.exec(page)?.[1] ?? '');
  const { metrics, search } = createProxyMetrics();
  search(skipped('profile-timeout', true), 1);
  search(skipped('profile-error'), 1);
  const { text } = await metrics.text();
  const expressions = rules.groups.flatMap((group) => group.rules.map(({ expr }) => expr));
  const selectors = expressions.flatMap((expr) => [...expr.matchAll(/(kindred_\w+)\{([^}]*)\}/g)]);
  expect(selectors).toHaveLength(3);
  for (const [, name = '', labels = ''] of selectors)
    expect(
      text
        .split('\n')
        .filter(
          (line) => line.startsWith(`${name}{`) && labels.split(',').every((label) => line.includes(label)),
        ),
    ).not.toEqual([]);
});
