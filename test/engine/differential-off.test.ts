// With personalization off, the proxy answers as the engine does: thousands of generated requests, asked of both.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { engines } from '../helpers/engines.js';
import { weighted } from './differential/arbitrary-tools.js';
import { badMultiSearches, multiSearches } from './differential/multi-searches.js';
import { type Asked, malformedRequests, otherRequests, searchRequests } from './differential/requests.js';
import { CASES, runCases, Tally } from './differential/run.js';
import { difference } from './differential/sameness.js';
import { RICH } from './differential/shopper.js';
import { createWorld, type World } from './differential/world.js';

/** How personalization is switched off; for everybody, or by the request. */
const WAYS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  setting: {},
  request: { 'x-kindred': 'off' },
  impact: { 'x-kindred': 'impact=0' },
};

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
    [4, multiSearches(engine.kind)],
    [1, badMultiSearches(engine.kind)],
    [2, malformedRequests(engine.kind)],
    [2, otherRequests(engine.kind)],
  );
  test('the same status, headers and body', async () => {
    await runCases(
      requests,
      fc.constantFrom(...Object.values(WAYS)),
      CASES / 2,
      async ({ asked, headers }) => {
        const direct = await world.send('engine', asked);
        const proxied = await world.send(headers === WAYS.setting ? 'off' : 'on', asked, {
          'x-user-id': RICH,
          ...headers,
        });
        tally.add(asked.shape, String(direct.status));
        expect(difference(direct, proxied)).toBeNull();
      },
    );
    expect(world.complaints.slice(0, 2)).toEqual([]);
  }, 600_000);
});
