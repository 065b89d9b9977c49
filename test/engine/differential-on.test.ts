// With personalization on, each score is the plain one times the plan's multiplier, and nothing else changes.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { engines } from '../helpers/engines.js';
import { weighted } from './differential/arbitrary-tools.js';
import { multiSearches } from './differential/multi-searches.js';
import { checkMultiSearch, checkSearch, type Plans } from './differential/personalized.js';
import { searchRequests } from './differential/requests.js';
import { CASES, runCases, Tally } from './differential/run.js';
import { allPlans, IMPACTS, RICH, STRANGER } from './differential/shopper.js';
import { createWorld, type World } from './differential/world.js';

const who = weighted<Readonly<Record<string, string>>>(
  [8, fc.constant({ 'x-user-id': RICH })],
  [2, fc.constantFrom(...IMPACTS).map((impact) => ({ 'x-user-id': RICH, 'x-kindred': `impact=${impact}` }))],
  [1, fc.constant({ 'x-user-id': STRANGER })],
);

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
    await runCases(searchRequests(engine.kind), who, CASES / 5, async ({ asked, headers }) => {
      tally.add(asked.shape, await checkSearch(world, plans, asked, headers));
    });
    expect(world.complaints.slice(0, 2)).toEqual([]);
  }, 600_000);

  test('multi-searches, item by item', async () => {
    await runCases(multiSearches(engine.kind), who, CASES / 40, async ({ asked, headers }) => {
      tally.add(asked.shape, await checkMultiSearch(world, plans, asked, headers));
    });
    expect(world.complaints.slice(0, 2)).toEqual([]);
  }, 600_000);
});
