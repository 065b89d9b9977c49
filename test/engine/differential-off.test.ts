// With personalization off, the proxy answers as the engine does: thousands of generated requests, asked of both.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { engines } from '../helpers/engines.js';
import { pickOne, weighted } from './differential/arbitrary-tools.js';
import { badMultiSearches, multiSearches } from './differential/multi-searches.js';
import { type Asked, malformedRequests, otherRequests, searchRequests } from './differential/requests.js';
import { CASES, runCases, Tally } from './differential/run.js';
import { difference } from './differential/sameness.js';
import { RICH } from './differential/shopper.js';
import { createWorld, type World } from './differential/world.js';

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
    await runCases(fc.tuple(requests, pickOne('setting', 'header')), CASES / 2, async ([asked, way]) => {
      const direct = await world.send('engine', asked);
      const proxied = await world.send(
        process.env.CONTROL ? 'engine' : way === 'setting' ? 'off' : 'on',
        asked,
        {
          'x-user-id': RICH,
          ...(way === 'header' && { 'x-kindred': 'off' }),
        },
      );
      tally.add(asked.shape, String(direct.status));
      expect(difference(direct, proxied)).toBeNull();
    });
    expect(world.complaints).toEqual([]);
  }, 600_000);
});
