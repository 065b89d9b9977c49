// The page docs/how-a-score-comes-about.md, recomputed from its own tables: its numbers say what the code does.
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { type Affinities, DAY_MS, foldAffinities } from '../../src/core/affinity/affinity.js';
import { populationShare } from '../../src/core/affinity/population-share.js';
import { buildBoostPlan } from '../../src/core/boost-plan/boost-plan.js';
import { SOFT_CAP } from '../../src/core/boost-plan/plan-limits.js';
import { ownSeeds, type ProductEvidence, relatedEvidence } from '../../src/core/boost-plan/product-boosts.js';
import { defaultModel } from '../../src/core/model/default-model.js';
import { modelSchema } from '../../src/core/model/model.js';

const CATEGORY = 'BUTTER';
const FIELDS = ['manufacturer', 'size', 'type', 'brand'];
const PRODUCTS = 43;
const model = modelSchema.parse(
  defaultModel({ catalog: 'products', fields: FIELDS, attributes: ['age', 'income'], actions: ['purchase'] }),
);
const page = readFileSync(new URL('../../docs/how-a-score-comes-about.md', import.meta.url), 'utf8');

/** The rows of a step's table, each cell under the name of its column. */
function table(step: number): ((column: string) => string)[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${step}. `)) ?? '';
  const [head = [], , ...rows] = section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return rows.map((cells) => (column) => cells[head.indexOf(column)]!);
}

/** Tables are rounded: a number and what the page says of it differ by less than `within`. */
function near(actual: number | undefined, written: string, within: number): void {
  expect(Math.abs((actual ?? Number.NaN) - Number(written))).toBeLessThan(within);
}

const done = table(1);
const [sums, ...values] = table(2);
const [cases, ...bought] = table(3);
const goes = table(4);

const fieldOf = (row: (column: string) => string) => row('field (values)').split(' ')[0]!;
const total = Number(sums!('x everyone'));

/** What a column of the second table says, with unnamed values for those it leaves out. */
function affinities(column: string, all = true): Affinities {
  return new Map(
    FIELDS.map((field) => {
      const rows = values.filter((row) => fieldOf(row) === field);
      const known = rows.map((row): [string, number] => [row('value'), Number(row(column))]);
      const others = Number(/\d+/.exec(rows[0]!('field (values)'))) - known.length;
      const unnamed = Array.from({ length: all ? others : 0 }, (_, at): [string, number] => [`${at}`, 0]);
      const some = [...known, ...unnamed].filter(([, x]) => all || x > 0);
      return [field, { total: Number(sums!(column)), values: new Map(some) }];
    }),
  );
}

const evidence = (row: (column: string) => string): ProductEvidence => ({
  objectId: row('product'),
  categories: [CATEGORY],
  x: Number(row('x')),
  populationX: Number(row('x everyone')),
  profile: 'individual',
});
const own = bought.map(evidence);
const { boosts } = buildBoostPlan({
  model,
  impact: model.impact,
  category: CATEGORY,
  population: affinities('x everyone'),
  individual: affinities('x household', false),
  group: affinities('x cohort', false),
  products: {
    totals: { total, products: PRODUCTS },
    own,
    related: relatedEvidence(ownSeeds(own, CATEGORY), 'individual', (id) =>
      goes.map((row) => [row('product'), Number(row(`with ${id}`)), Number(row('x everyone'))]),
    ),
    next: [],
  },
});

test('worth and x per value are the fold of the events', () => {
  const events = done.map((row) => ({
    action: 'purchase',
    timestamp: -Number(row('bought days ago')) * DAY_MS,
    product: {
      objectId: row('product'),
      categories: [CATEGORY],
      values: new Map(FIELDS.map((field) => [field, [row(field === 'manufacturer' ? 'maker' : field)]])),
    },
  }));
  const fold = (some: typeof events) =>
    foldAffinities(some, { ...model, fields: FIELDS, asOf: 0, category: CATEGORY });
  for (const [at, row] of done.entries()) near(fold([events[at]!]).get('type')?.total, row('worth'), 1e-4);
  const folded = fold(events);
  near(folded.get('type')?.total, sums!('x household'), 1e-4);
  for (const row of values)
    near(folded.get(fieldOf(row))?.values.get(row('value')) ?? 0, row('x household'), 1e-4);
});

test('the factors are the boost plan, all of it', () => {
  const written = [
    ...values.map((row) => [fieldOf(row), row('value'), Number(row('factor'))] as const),
    ...[...bought, ...goes].map((row) => ['_id', row('product'), Number(row('factor'))] as const),
  ];
  expect(boosts).toHaveLength(written.length);
  expect(page).toContain(`The ${written.length} factors`);
  for (const [field, value, factor] of written) {
    const named = boosts.filter((boost) => boost.field === field && boost.value === value);
    expect(Math.min(...named.map((boost) => Math.abs(boost.factor - factor)))).toBeLessThan(0.002);
  }
});

test('what stands between x and the factors fits both', () => {
  const strongest = FIELDS.map((field) => values.filter((row) => fieldOf(row) === field));
  const reach = [...strongest, bought, goes].reduce(
    (sum, rows) => sum + Math.max(...rows.map((row) => Number(row('ln w')))),
    0,
  );
  expect(page).toContain(`s = ln 30 / ${reach.toFixed(4)}`);
  const soften = Math.log(SOFT_CAP) / reach;
  for (const row of [...values, ...bought, ...goes])
    near(Math.exp(soften * Number(row('ln w'))), row('factor'), 1e-3);
  for (const row of values) {
    const p = populationShare(Number(row('x everyone')), total, Number(/\d+/.exec(row('field (values)'))));
    near(p / Number(row('p')), '1', 5e-3);
    const lift = Math.log((Number(row('x household')) + 3 * Number(row('q'))) / (3 * p));
    near(lift / 4, row('ln w'), 1e-3);
  }
  for (const row of [...bought, ...goes])
    near(populationShare(Number(row('x everyone')), total, PRODUCTS) / Number(row('p')), '1', 1e-3);
  for (const row of bought) {
    const mean = Number(cases!('again')) / Number(cases!('cases'));
    const rhythm = (Number(row('again')) + 20 * mean) / (Number(row('cases')) + 20) / mean;
    near(rhythm, row('rhythm'), 1e-4);
    near(rhythm * Number(row('worth')), row('x'), 5e-4);
  }
});

test('a final score is the base score times its factors, and orders the list', () => {
  const rows = table(6);
  const known = new Set([...values, ...bought, ...goes].map((row) => row('factor')));
  for (const row of rows) {
    const factors = row('factors').split(' · ');
    expect(factors.filter((factor) => !known.has(factor))).toEqual([]);
    const all = factors.reduce((product, factor) => product * Number(factor), 1);
    near(all / Number(row('all')), '1', 2e-3);
    near((Number(row('base score')) * all) / Number(row('final score')), '1', 2e-3);
  }
  const finals = rows.map((row) => Number(row('final score')));
  expect(finals).toEqual([...finals].sort((a, b) => b - a));
});
