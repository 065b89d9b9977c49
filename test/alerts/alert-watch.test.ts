// Alerts on real engines: one of several Kindreds judges what all of them counted, and tells the webhook once.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type AlertWatch, type AlertWatchOptions, createAlertWatch } from '../../src/alerts/alert-watch.js';
import { createWebhookQueue } from '../../src/alerts/webhook-queue.js';
import type { ProxyCounts } from '../../src/core/alert/alert-facts.js';
import { HOUR_MS } from '../../src/core/alert/usual-hours.js';
import { engines } from '../helpers/engines.js';
import { eventually } from '../helpers/eventually.js';
import { indexDocuments } from '../helpers/index-documents.js';
import { WORSE } from '../models/support/fake-trainer.js';
import { openShop, type Shop, SUMMER } from '../models/support/shop.js';
import { openReceiver, type Receiver, status } from './receiver.js';

const QUIET: ProxyCounts = {
  ...{ first: 0, late: 0, unreadable: 0, lookups: 0, known: 0, accepted: 0, rejected: 0 },
};
interface Opened {
  readonly watch: AlertWatch;
  /** what it counts */
  readonly counts: ProxyCounts;
}

const MINUTE = 60_000;
/** Half past, so that the hour before is one of the clock's and its half. */
const START = Date.parse('2026-03-04T14:30:00Z');

describe.each(engines())('$kind', ({ kind }) => {
  let shop: Shop;
  let receiver: Receiver;
  const clock = { now: START };
  const failures: unknown[] = [];
  const running: Opened[] = [];

  beforeAll(async () => {
    shop = await openShop(kind, { now: () => clock.now });
  });
  afterAll(() => shop.close());
  beforeEach(async () => {
    clock.now = START;
    receiver = await openReceiver();
  });
  afterEach(async () => {
    for (const { watch } of running.splice(0)) await watch.stop();
    await receiver.close();
    for (const id of ['alerts', 'alert-hours']) await shop.engine.delete('kindred-settings', id);
    await shop.reset();
    expect(failures.splice(0)).toEqual([]);
  });

  function openWatch(options: Partial<AlertWatchOptions> = {}, hooked = true): Opened {
    const counts = { ...QUIET };
    const target = { url: receiver.url, secret: 'hidden-secret-of-the-hook' };
    const queue = createWebhookQueue({ target, version: '1', onGivenUp: () => {}, pausesMs: [60_000] });
    const watch = createAlertWatch({
      ...shop,
      catalogs: ['products'],
      counts: () => counts,
      off: [],
      webhook: hooked ? { target, queue } : null,
      onChange: () => {},
      onFailure: (error) => failures.push(error),
      now: () => clock.now,
      ...options,
    });
    const opened = { watch, counts };
    running.push(opened);
    return opened;
  }

  /** Checks in a row, a minute apart, of every watch. */
  async function check(times: number, ...watches: readonly Opened[]) {
    for (let n = 0; n < times; n += 1) {
      clock.now += MINUTE;
      for (const { watch } of watches) await watch.check();
    }
  }

  const told = () => receiver.messages().map(({ alert: { name, state } }) => `${name} ${state}`);
  const firing = ({ watch }: Opened) =>
    watch
      .list()
      .alerts.filter(({ state }) => state === 'firing')
      .map(({ name, subject }) => (subject === null ? name : `${name} ${subject}`));

  test('a failed training fires, is told, logged and audited, and resolves with the next one', async () => {
    const changes: string[] = [];
    const one = openWatch({ onChange: ({ name, state }) => changes.push(`${name} ${state}`) });
    await shop.modelStore.create(SUMMER, 'test');
    shop.trainer.fail(new Error('no such field'));
    await (await shop.lifecycle.start('summer', { actor: 'test' })).finished;
    await check(2, one);
    expect(one.watch.list().alerts).toMatchObject([
      {
        name: 'training-failed',
        subject: 'summer',
        severity: 'warning',
        summary: 'The last training of “Summer” failed: no such field',
        page: '/personalization/summer/training',
        resolvedAt: null,
      },
    ]);
    expect(one.watch.firing().get('training-failed')).toBe(1);
    await eventually(() => expect(told()).toEqual(['training-failed firing']));
    shop.trainer.fail(undefined);
    await (await shop.lifecycle.start('summer', { actor: 'test' })).finished;
    await check(2, one);
    await eventually(() => expect(told()).toEqual(['training-failed firing', 'training-failed resolved']));
    expect(firing(one)).toEqual([]);
    expect(one.watch.firing().get('training-failed')).toBe(0);
    expect(changes).toEqual(['training-failed firing', 'training-failed resolved']);
    const [first, last] = receiver.messages();
    expect(last?.alert.id).toBe(first?.alert.id);
    await shop.engine.refresh('kindred-audit');
    const entries = (await shop.audit.latest(100)).filter(({ resource }) => resource.startsWith('alerts/'));
    expect(entries.map(({ actor, action, resource }) => [actor, action, resource])).toEqual([
      ['kindred', 'alert resolved', 'alerts/training-failed/summer'],
      ['kindred', 'alert firing', 'alerts/training-failed/summer'],
    ]);
  });

  test('a live version that is worse, and one that a schedule could not train', async () => {
    const one = openWatch();
    await shop.modelStore.create(SUMMER, 'test');
    await shop.activate('summer');
    await check(1, one);
    expect(firing(one)).toEqual([]);
    shop.trainer.judge(WORSE);
    await (await shop.lifecycle.start('summer', { actor: 'test' })).finished;
    await check(1, one);
    expect(firing(one)).toEqual(['version-worse summer']);
    expect(one.watch.list().alerts[0]?.summary).toMatch(/^Version 2 .* is not live; version 1 is$/);
    await shop.lifecycle.save('summer', 'test');
    await shop.lifecycle.activate('summer', 'test', { force: true });
    await check(1, one);
    expect(one.watch.list().alerts[0]?.summary).toMatch(/^Version 2 .* is live, though/);
    // Off, nothing is live.
    const settings = (await shop.settingsStore.get('products')).source;
    await shop.settingsStore.put('products', { ...settings, personalization: { enabled: false } }, 'test');
    await check(1, one);
    expect(firing(one)).toEqual([]);
    await shop.settingsStore.put('products', settings, 'test');
    await check(1, one);
    expect(firing(one)).toEqual(['version-worse summer']);
    await shop.lifecycle.rollback('summer', 1, 'test');
    await shop.schedules.put('summer', { cron: '0 3 * * *' }, 'test');
    clock.now += 24 * HOUR_MS;
    expect(await shop.schedules.claim('summer')).toBe(true);
    await shop.schedules.finish('summer', { outcome: 'failed', message: 'the engine was gone' });
    await check(1, one);
    expect(firing(one)).toContain('training-failed summer');
    await shop.schedules.remove('summer', 'test');
  });

  test('several Kindreds: what they counted is added up, and one of them tells', async () => {
    const all = [openWatch(), openWatch(), openWatch()];
    // None of them has enough by itself.
    for (const { counts } of all) Object.assign(counts, { accepted: 50, rejected: 8 });
    await check(7, ...all);
    for (const each of all.slice(0, 2)) expect(firing(each)).toEqual(['events-rejected']);
    await eventually(() => expect(told()).toEqual(['events-rejected firing']));
    expect(all[0]?.watch.list().alerts[0]?.summary).toBe('24 of 174 events of the last hour were rejected');
    // The one that judges goes; another goes on where it stood, and tells the end.
    await all[0]?.watch.stop();
    const rest = all.slice(1);
    for (const { counts } of rest) Object.assign(counts, { rejected: 0 });
    // At the first of them the other has not said so yet.
    await check(6, ...rest);
    await eventually(() => expect(told()).toEqual(['events-rejected firing', 'events-rejected resolved']));
  });

  test('checks at the same moment do not get in each other’s way', async () => {
    const all = [openWatch(), openWatch(), openWatch(), openWatch()];
    for (const { counts } of all) Object.assign(counts, { unreadable: 1 });
    for (let n = 0; n < 7; n += 1) {
      clock.now += MINUTE;
      await Promise.all(all.map(({ watch }) => watch.check()));
    }
    expect(firing(all[0] as Opened)).toEqual(['profiles-unreadable']);
    await eventually(() => expect(told()).toEqual(['profiles-unreadable firing']));
  });

  test('a hook that was down is told after a restart, and a lease from a clock set back does not last', async () => {
    receiver.answerWith(status(503));
    const one = openWatch({ counts: () => ({ ...QUIET, unreadable: 1 }) });
    clock.now += 300 * 24 * HOUR_MS;
    await check(5, one);
    expect(firing(one)).toEqual(['profiles-unreadable']);
    await eventually(() => expect(receiver.received.length).toBeGreaterThan(0));
    await one.watch.stop();
    const tried = receiver.received.length;
    clock.now = START;
    receiver.answerWith(status(204));
    const two = openWatch({ counts: () => ({ ...QUIET, unreadable: 1 }) });
    await check(1, two);
    await eventually(() => expect(two.watch.list().webhook?.last?.delivered).toBe(true));
    expect(receiver.received.length).toBe(tried + 1);
    // What was taken is written down, and not told again.
    await two.watch.stop();
    const three = openWatch({ counts: () => ({ ...QUIET, unreadable: 1 }) });
    await check(6, three);
    expect(firing(three)).toEqual(['profiles-unreadable']);
    expect(receiver.received.length).toBe(tried + 1);
  });

  test('events of a type that stops, told apart from a shop where nothing comes', async () => {
    const hours = Array.from({ length: 24 * 8 }, (_, back) => ({
      hour: Math.floor(START / HOUR_MS) - back - 1,
      events: { view: 400, purchase: 60 },
      lookups: 0,
      known: 0,
    }));
    const stored = { kind: 'alert-hours', updated_at: new Date(START).toISOString(), record: { hours } };
    await shop.engine.put('kindred-settings', 'alert-hours', stored);
    // By another name of the same event.
    const views = Array.from({ length: 380 }, (_, n): [string, object] => [
      `view-${n}`,
      { action_name: 'Product Viewed', timestamp: new Date(START - n * 5_000).toISOString() },
    ]);
    await indexDocuments(shop.engine, 'ubi_events', views);
    const one = openWatch();
    await check(5, one);
    expect(firing(one)).toEqual(['events-dried-up purchase']);
    expect(one.watch.list().alerts[0]?.summary).toMatch(
      /^0 “purchase” events came in the last hour; about \d+ are usual$/,
    );
    clock.now += 2 * HOUR_MS;
    await check(5, one);
    expect(firing(one)).toContain('events-dried-up');
  });

  test('the hour that has ended is counted once, as it was seen', async () => {
    const one = openWatch();
    Object.assign(one.counts, { lookups: 7 });
    await check(2, one);
    const read = async () =>
      (
        await shop.engine.get<{ record: { hours: { hour: number; lookups: number }[] } }>(
          'kindred-settings',
          'alert-hours',
        )
      )?.source.record.hours ?? [];
    expect(await read()).toMatchObject([{ hour: Math.floor(START / HOUR_MS) - 1, lookups: 7 }]);
    clock.now += HOUR_MS;
    await check(2, one);
    expect(await read()).toHaveLength(2);
  });

  test('what is switched off is not looked for, and what fired resolves', async () => {
    const one = openWatch({ counts: () => ({ ...QUIET, unreadable: 1 }) }, false);
    await check(5, one);
    expect(firing(one)).toEqual(['profiles-unreadable']);
    expect(one.watch.list().webhook).toBeNull();
    await one.watch.stop();
    const two = openWatch({ counts: () => ({ ...QUIET, unreadable: 1 }), off: ['profiles-unreadable'] });
    await check(6, two);
    expect(firing(two)).toEqual([]);
    await expect(one.watch.test('test')).rejects.toMatchObject({ code: 'no-webhook', status: 409 });
  });

  test('an engine that cannot be read leaves alerts as they are; a check never rejects', async () => {
    const one = openWatch({ counts: () => ({ ...QUIET, unreadable: 1 }) });
    await check(5, one);
    await one.watch.stop();
    const broken = {
      ...shop.engine,
      search: async () => {
        throw new Error('no');
      },
    };
    const two = openWatch({ engine: broken, counts: () => ({ ...QUIET, unreadable: 1 }) });
    await check(4, two);
    expect(firing(two)).toEqual(['profiles-unreadable']);
    const three = openWatch({ engine: { ...shop.engine, get: broken.search } });
    await check(1, three);
    await running.pop()?.watch.stop();
    expect(failures.splice(0).length).toBeGreaterThan(0);
  });

  test('a test of the webhook is sent at once and audited; the secrets are in no answer', async () => {
    const one = openWatch();
    expect(await one.watch.test('key')).toEqual({ delivered: true, message: 'answered 204' });
    expect(receiver.messages()).toMatchObject([{ type: 'test', alert: { id: 'test' } }]);
    receiver.answerWith(status(500));
    expect(await one.watch.test('key')).toEqual({ delivered: false, message: 'answered 500' });
    const list = one.watch.list();
    expect(list.webhook).toMatchObject({
      host: new URL(receiver.url).host,
      signed: true,
      last: { delivered: false },
    });
    await shop.engine.refresh('kindred-audit');
    expect(JSON.stringify([list, await shop.audit.latest(100)])).not.toContain('hidden');
  });
});
