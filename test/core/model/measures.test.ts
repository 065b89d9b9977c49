// The measures have one name and one question each, in the docs as in the code.
import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { MEASURES } from '../../../src/core/model/measures.js';

const evaluation = await readFile('docs/evaluation.md', 'utf8');
const glossary = await readFile('docs/architecture.md', 'utf8');

test.each(Object.entries(MEASURES))('%s is in the docs as the code says it', (id, { name, asks }) => {
  expect(evaluation).toContain(`| \`${id}\` | ${name} | ${asks} |`);
  expect(glossary).toContain(`**${name}**`);
  expect(glossary).toContain(`\`${id}\``);
});

test('a question fits into a terminal, and no two measures go by one name', () => {
  const all = Object.values(MEASURES);
  for (const { asks } of all) expect(asks.length).toBeLessThanOrEqual(80);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});

test('what the README shows is what was measured', async () => {
  const readme = await readFile('README.md', 'utf8');
  const measured = await readFile('docs/measurements.md', 'utf8');
  const row = (start: string) =>
    measured
      .split('\n')
      .find((line) => line.startsWith(start))
      ?.split('|')
      .slice(2, 5)
      .map((cell) => cell.trim()) ?? [];
  const [off, model] = [row('| popularity, or OFF'), row('| default model')];
  for (const [at, id] of (['ALL', 'NEW', 'NEWFULL'] as const).entries())
    expect(readme).toContain(`| ${off[at]}&nbsp;→&nbsp;${model[at]} | *${MEASURES[id].name}*`);
});
