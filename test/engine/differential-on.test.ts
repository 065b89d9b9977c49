// With personalization on, each score is the plain one times the plan's multiplier, and nothing else changes.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engines } from '../helpers/engines.js';
import { multiSearches } from './differential/multi-searches.js';
import { checkSearch, type Plans } from './differential/personalized.js';
import { checkMultiSearch } from './differential/personalized-items.js';
import { searchRequests, windowedRequests } from './differential/requests.js';
import { CASES, runCases, Tally } from './differential/run.js';
import { allPlans, RICH, STRANGER } from './differential/shopper.js';
import type { Way } from './differential/ways.js';
import { createWorld, type World } from './differential/world.js';

const id = { 'x-user-id': RICH };
const WAYS: readonly Way[] = [
  { headers: id },
  { headers: { ...id, 'x-kindred': 'impact=80' } },
  { headers: id, parameters: { kindred_impact: '80' } },
  { ext: { kindred: { user_id: RICH }, ubi: { client_id: 'device' } }, instead: { headers: id } },
  { ext: { kindred: { user_id: RICH, impact: 80 } }, instead: { headers: id } },
  { headers: { 'x-user-id': STRANGER } },
];

/** Shapes that can be personalized, and what part of them at least is, of those that the engine takes. */
const LEAST: Readonly<Record<string, number>> = {
  query: 0.95,
  'filter only': 0.95,
  'scores of zero': 0.95,
  'no query': 0.95,
  'empty object': 1,
  'no body': 1,
  'sort by _score': 0.95,
  'sort by _score, then ties': 0.9,
  'sort by _score second': 0.9,
  min_score: 0.95,
  collapse: 0.95,
  'rescore of its own': 0.8,
  search_after: 0.95,
  terminate_after: 0.2,
  explain: 0.6,
  'suggest beside a query': 0.9,
  'aggregations by score': 0.05,
  'in the URL': 0.5,
  'in URL and body': 0.5,
  source: 0.6,
  // Half of what is drawn, of 20 or more: 0.4 is two deviations below it.
  'point in time': 0.4,
  scroll: 0.4,
  'multi-search': 0.8,
};
/** Highlighted phrase prefixes, one search in five, are left alone there where a query is wrapped. */
const LEAST_WRAPPED_ON_OPENSEARCH = {
  collapse: 0.65,
  'sort by _score, then ties': 0.65,
  'sort by _score second': 0.65,
  search_after: 0.65,
  'point in time': 0.3,
  scroll: 0.3,
};
const LEAST_WITH_VECTORS = { knn: 0.95, 'knn beside a query': 0.7, retriever: 0.5 };

describe.each(engines())('$kind', (engine) => {
  let world: World;
  let plans: Plans;
  const tally = new Tally();

  beforeAll(async () => {
    [world, plans] = await Promise.all([createWorld(engine), allPlans()]);
  });
  afterAll(async () => {
    await world.close();
    tally.print(`${engine.kind}, on: outcomes by shape`);
  });

  test('single searches', async () => {
    await runCases(searchRequests(engine.kind), WAYS, CASES / 8, async ({ asked, way }) => {
      tally.add(asked.shape, await checkSearch(world, plans, asked, way));
    });
    expect(world.complaints.slice(0, 2)).toEqual([]);
  }, 600_000);

  test('multi-searches, item by item', async () => {
    await runCases(multiSearches(engine.kind), WAYS, CASES / 50, async ({ asked, way }) => {
      tally.add(asked.shape, await checkMultiSearch(world, plans, asked, way));
    });
    expect(world.complaints.slice(0, 2)).toEqual([]);
  }, 600_000);

  test('a window smaller than the matches: the best of each shard, by the same law', async () => {
    const narrow = await createWorld(engine, 40);
    try {
      await runCases(windowedRequests, WAYS, CASES / 50, async ({ asked, way }) => {
        tally.add(asked.shape, await checkSearch(narrow, plans, asked, way));
      });
      expect(narrow.complaints.slice(0, 2)).toEqual([]);
    } finally {
      await narrow.close();
    }
  }, 600_000);

  test('no shape that can be personalized is left alone', () => {
    const own = engine.kind === 'elasticsearch' ? LEAST_WITH_VECTORS : LEAST_WRAPPED_ON_OPENSEARCH;
    const least = { ...LEAST, ...own, windowed: 0.95 };
    const few = Object.entries(least).flatMap(([shape, part]) => {
      const [errors, unknown, applied, unread] = ['an error', 'no-profile', 'applied', 'applied, unread'].map(
        (outcome) => tally.of(shape, outcome),
      );
      const able = tally.total(shape) - (errors ?? 0) - (unknown ?? 0);
      const done = (applied ?? 0) + (unread ?? 0);
      return able >= 20 && done < part * able ? [`${shape}: ${done} of ${able}`] : [];
    });
    expect(few).toEqual([]);
  });
});
