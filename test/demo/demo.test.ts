// The product as a user runs it: the demo on both engines, looked at over HTTP alone, then stopped.
import { afterAll, describe, expect, test } from '@jest/globals';
import { eventChecks } from './event-checks.js';
import { faultChecks } from './fault-checks.js';
import { killChecks } from './kill-checks.js';
import { modelChecks } from './model-checks.js';
import { plainChecks } from './plain-checks.js';
import { processChecks } from './process-checks.js';
import { rankingChecks } from './ranking-checks.js';
import { runDemos } from './run-demo.js';
import { scheduleCheck } from './schedule-check.js';
import { ask } from './shop-client.js';
import { workerChecks } from './worker-checks.js';

const STOP_MS = 300_000;

const demos = await runDemos(['elasticsearch', 'opensearch']);

afterAll(() => Promise.all(demos.map(({ stop }) => stop())), STOP_MS);

describe.each(demos)('kindred demo on $kind', (demo) => {
  test('everything listens on loopback, on ports that were free', async () => {
    for (const url of [demo.engine, demo.proxy, demo.admin]) expect(new URL(url).hostname).toBe('127.0.0.1');
    const answer = await ask(`${demo.proxy}/readyz`);
    expect(answer.status).toBe(200);
    expect(answer.json()).toEqual({ status: 'ready', reasons: [] });
  });

  describe('without identity', () => plainChecks(demo));
  describe('with identity', () => rankingChecks(demo));
  describe('events', () => eventChecks(demo));
  if (demo.kind === 'elasticsearch') describe('several processes', () => workerChecks(demo));
  describe('models', () => modelChecks(demo));
  if (demo.kind === 'elasticsearch') describe('schedules', () => scheduleCheck(demo));
  describe('faults', () => faultChecks(demo));
  if (demo.kind === 'elasticsearch') describe('other commands', () => processChecks(demo));
  if (demo.kind === 'elasticsearch') describe('killed trainers', () => killChecks(demo));

  test(
    'SIGTERM ends it with code 0, and engine and listeners are gone',
    async () => {
      const { code, stdout } = await demo.stop();
      expect(code).toBe(0);
      expect(stdout).toBe(demo.output);
      for (const url of [demo.engine, demo.proxy, demo.admin]) await expect(fetch(url)).rejects.toThrow();
    },
    STOP_MS,
  );
});
