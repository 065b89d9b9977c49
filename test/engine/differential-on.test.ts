// With personalization on, each score is the plain one times the plan's multiplier, and nothing else changes.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engines } from '../helpers/engines.js';
import { multiSearches } from './differential/multi-searches.js';
import { checkMultiSearch, checkSearch, type Plans } from './differential/personalized.js';
import { searchRequests } from './differential/requests.js';
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
});
