// Models trained by the clock, on real engines: once however many processes look, and never an edit nobody saved.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createScheduler, type Scheduler } from '../../../src/models/jobs/scheduler.js';
import { engines } from '../../helpers/engines.js';
import { eventually } from '../../helpers/eventually.js';
import { WORSE } from '../support/fake-trainer.js';
import { openShop, type Shop, SUMMER } from '../support/shop.js';

const NIGHTLY = { cron: '0 3 * * *', timezone: 'Europe/Berlin' };
const DAY_MS = 86_400_000;

describe.each(engines())('scheduled trainings on $kind', ({ kind }) => {
  let shop: Shop;
  let clock = 0;
  let scheduler: Scheduler;
  let elsewhere: Scheduler;
  const failures: unknown[] = [];

  beforeAll(async () => {
    shop = await openShop(kind, { now: () => clock });
    const options = { ...shop, onFailure: (error: unknown) => void failures.push(error) };
    [scheduler, elsewhere] = [createScheduler(options), createScheduler({ ...options, intervalMs: 20 })];
  });
  beforeEach(async () => {
    clock = Date.parse('2026-03-01T12:00:00Z');
    failures.length = 0;
    await shop.modelStore.create(SUMMER, 'test');
  });
  afterEach(async () => {
    expect(failures).toEqual([]);
    await shop.reset();
  });
  afterAll(() => shop.close());

  const schedule = (input: object = NIGHTLY) => shop.schedules.put('summer', input, 'test');
  const lastRun = async () => (await shop.schedules.get('summer')).source?.lastRun;
  const state = async () => {
    const { source } = await shop.lifecycle.view('summer');
    return [source.state, source.version, source.activeVersion];
  };
  /** What is due then, to its end. */
  async function at(time: string): Promise<void> {
    clock = Date.parse(time);
    await scheduler.check();
    await scheduler.settled();
  }

  test('the active model is trained and activated when its time comes, not before and not twice', async () => {
    await shop.activate('summer');
    await schedule();
    await at('2026-03-02T01:59:59Z');
    expect(shop.trainer.runs).toHaveLength(1);
    await at('2026-03-02T02:00:00Z');
    expect(await state()).toEqual(['active', 2, 2]);
    expect(await lastRun()).toEqual({
      startedAt: '2026-03-02T02:00:00.000Z',
      finishedAt: '2026-03-02T02:00:00.000Z',
      outcome: 'activated',
      message: 'version 2 is active',
    });
    await at('2026-03-02T02:00:05Z');
    expect(shop.trainer.runs).toHaveLength(2);
    expect(await shop.audit.latest(50)).toContainEqual(
      expect.objectContaining({ actor: 'schedule', action: 'scheduled training activated' }),
    );
  });

  test('of several processes one starts, and times missed while none ran are one run', async () => {
    await schedule();
    clock += 5 * DAY_MS;
    await Promise.all([scheduler, elsewhere, scheduler, elsewhere].map((each) => each.check()));
    await Promise.all([scheduler.settled(), elsewhere.settled()]);
    expect(shop.trainer.runs).toHaveLength(1);
    expect(await state()).toEqual(['saved', 1, null]);
    expect((await lastRun())?.outcome).toBe('saved');
  });

  test('a running scheduler follows what others change, and runs no more once the schedule is gone', async () => {
    elsewhere.start();
    try {
      await schedule();
      clock += DAY_MS;
      await eventually(async () => expect((await lastRun())?.outcome).toBe('saved'));
    } finally {
      await elsewhere.stop();
    }
    await shop.schedules.remove('summer', 'test');
    clock += DAY_MS;
    await scheduler.check();
    expect(shop.trainer.runs).toHaveLength(1);
  });

  test('an edit that nobody saved is trained, and stays behind what is served', async () => {
    await shop.activate('summer');
    await schedule();
    await shop.modelStore.update('summer', { ...SUMMER, impact: 90 }, 'test');
    await at('2026-03-02T03:00:00Z');
    expect(await state()).toEqual(['trained', 2, 1]);
    expect(await lastRun()).toMatchObject({ outcome: 'trained', message: expect.stringContaining('edits') });
    expect((await shop.settingsStore.active('products'))?.model.impact).toBe(50);
  });

  test('an edit that is saved and not activated goes live by hand only', async () => {
    await shop.activate('summer');
    await schedule();
    await shop.modelStore.update('summer', { ...SUMMER, impact: 90 }, 'test');
    await (await shop.lifecycle.start('summer', { actor: 'test' })).finished;
    await shop.lifecycle.save('summer', 'test');
    await at('2026-03-02T03:00:00Z');
    expect(await state()).toEqual(['saved', 3, 1]);
    expect(await lastRun()).toMatchObject({ outcome: 'saved', message: expect.stringContaining('yourself') });
    expect((await shop.settingsStore.active('products'))?.model.impact).toBe(50);
  });

  test('a version that is worse stays trained', async () => {
    await shop.activate('summer');
    await schedule();
    shop.trainer.judge(WORSE);
    await at('2026-03-02T03:00:00Z');
    expect(await state()).toEqual(['trained', 2, 1]);
    expect((await shop.modelStore.get('summer')).source.savedVersion).toBe(1);
    expect(await lastRun()).toMatchObject({ outcome: 'trained', message: expect.stringContaining('worse') });
  });

  test('a failed, a cancelled and a second training say so', async () => {
    await schedule();
    shop.trainer.fail(new Error('disk full'));
    await at('2026-03-02T03:00:00Z');
    expect(await lastRun()).toMatchObject({ outcome: 'failed', message: 'disk full' });
    shop.trainer.fail(undefined);

    shop.trainer.block();
    clock += DAY_MS;
    await scheduler.check();
    expect((await lastRun())?.outcome).toBe('running');
    await shop.lifecycle.close();
    await scheduler.settled();
    expect((await lastRun())?.outcome).toBe('cancelled');

    clock += DAY_MS;
    await shop.lifecycle.start('summer', { actor: 'test' });
    await scheduler.check();
    await scheduler.settled();
    expect(await lastRun()).toMatchObject({
      outcome: 'skipped',
      message: expect.stringContaining('already'),
    });
  });

  test('a schedule is no part of the configuration, and goes with its model', async () => {
    await shop.activate('summer');
    const { seqNo } = await shop.modelStore.get('summer');
    await schedule();
    expect([(await shop.modelStore.get('summer')).seqNo, await state()]).toEqual([seqNo, ['active', 1, 1]]);
    await shop.settingsStore.setActive('products', null);
    await shop.lifecycle.remove('summer', 'test');
    await expect(shop.schedules.get('summer')).rejects.toMatchObject({ code: 'model-not-found' });
    await shop.modelStore.create(SUMMER, 'test');
    expect((await shop.schedules.get('summer')).source).toBeNull();
  });

  test('of two who make it at once, one is stale', async () => {
    const none = await shop.schedules.get('summer');
    const make = (cron: string) => shop.schedules.put('summer', { cron }, 'test', none);
    const outcomes = await Promise.allSettled([make('0 3 * * *'), make('0 4 * * *')]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes).toContainEqual({
      status: 'rejected',
      reason: expect.objectContaining({ code: 'stale', status: 412 }),
    });
  });
});
