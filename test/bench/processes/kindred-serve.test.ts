// How much of a measured load was personalized, as the proxy's own counters say.
import { expect, test } from '@jest/globals';
import { appliedShare } from '../../../src/bench/processes/kindred-serve.js';
import { createMetrics } from '../../../src/http/metrics/metrics.js';
import { skipped } from '../../../src/search/answer/x-personalization.js';

test('searches that were to be left alone do not count, all others do', async () => {
  const metrics = createMetrics({ now: Date.now, cache: () => ({ reads: 0, misses: 0 }) });
  const share = async () => appliedShare((await metrics.text()).text);
  expect(await share()).toBeNull();
  for (let n = 0; n < 3; n++) metrics.search({ applied: true }, 1);
  metrics.search(skipped('off'), 1);
  expect(await share()).toBe(1);
  metrics.search(skipped('profile-timeout'), 1);
  expect(await share()).toBe(0.75);
});
