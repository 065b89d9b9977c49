// With personalization off, the proxy answers as the engine does: thousands of generated requests, asked of both.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engines } from '../helpers/engines.js';
import { weighted } from './differential/arbitrary-tools.js';
import { multiSearches, oddMultiSearches } from './differential/multi-searches.js';
import {
  type Asked,
  malformedRequests,
  otherRequests,
  searchRequests,
  untypedRequests,
} from './differential/requests.js';
import { CASES, runCases, Tally } from './differential/run.js';
import { difference } from './differential/sameness.js';
import { closeScroll, nextPage } from './differential/scrolling.js';
import { RICH } from './differential/shopper.js';
import { told, type Way } from './differential/ways.js';
import { type Answer, createWorld, type World } from './differential/world.js';

/** Switched off for everybody. */
const SETTING: Way = {};
/** Switched off by the request. */
const header: Way = { headers: { 'x-kindred': 'off' } };
const WAYS: readonly Way[] = [
  SETTING,
  header,
  { headers: { 'x-kindred': 'impact=0' } },
  { parameters: { kindred: 'off' } },
  { parameters: { kindred_impact: '0' } },
  { ext: { kindred: { off: true } }, instead: header },
  { ext: { ubi: { client_id: 'device', query_id: 'q' }, kindred: { impact: 0 } }, instead: header },
];

async function expectSamePages(world: World, direct: Answer, proxied: Answer): Promise<void> {
  try {
    const pages = await Promise.all([nextPage(world, 'engine', direct), nextPage(world, 'off', proxied)]);
    const [one, other] = pages;
    if (one && other) expect(difference(one, other)).toBeNull();
  } finally {
    await Promise.all([direct, proxied].map((answer) => closeScroll(world, answer)));
  }
}

describe.each(engines())('$kind', (engine) => {
  let world: World;
  const tally = new Tally();

  beforeAll(async () => {
    world = await createWorld(engine);
  });
  afterAll(async () => {
    await world.close();
    tally.print(`${engine.kind}, off: answers by shape`);
  });

  const requests = weighted<Asked>(
    [30, searchRequests(engine.kind)],
    [3, multiSearches(engine.kind)],
    [2, oddMultiSearches(engine.kind)],
    [2, malformedRequests(engine.kind)],
    [3, otherRequests(engine.kind)],
    [1, untypedRequests(engine.kind)],
  );
  test('the same status, headers and body', async () => {
    await runCases(requests, WAYS, CASES / 2, async ({ asked, way }) => {
      const direct = await world.send('engine', asked);
      const known = { ...asked, headers: { ...asked.headers, 'x-user-id': RICH } };
      const proxied = await world.send(way === SETTING ? 'off' : 'on', told(known, way));
      tally.add(asked.shape, String(direct.status));
      expect(difference(direct, proxied)).toBeNull();
      if ('scroll' in asked.parameters) await expectSamePages(world, direct, proxied);
    });
    expect(world.complaints.slice(0, 2)).toEqual([]);
  }, 600_000);
});
