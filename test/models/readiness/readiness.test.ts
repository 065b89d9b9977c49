// What is missing before a training, in words, on real engines.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Model, modelSchema } from '../../../src/core/model/model.js';
import { checkReadiness } from '../../../src/models/readiness/readiness.js';
import { engines } from '../../helpers/engines.js';
import { CATALOG, openShop, type Shop, SUMMER } from '../support/shop.js';

const DAY_MS = 86_400_000;
/** The shop's newest event. */
const NEWEST = Date.parse('2026-01-06T12:00:00Z');

describe.each(engines())('readiness on $kind', ({ kind }) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop(kind);
  });
  afterAll(() => shop.close());

  async function check(changes: Partial<Model> = {}, now = NEWEST) {
    const model = modelSchema.parse({ id: 'summer', ...SUMMER, ...changes });
    const { ready, checks } = await checkReadiness(shop.engine, [CATALOG], model, now);
    const told = (name: string) => checks.filter((each) => each.name === name);
    return { ready, told, checks };
  }
  const weights = (...events: [string, number][]) => ({
    eventWeights: events.map(([event, weight]) => ({ event, weight })),
  });
  const fields = (...names: string[]) => ({
    globalAffinityFields: names.map((field) => ({ field, weight: 100 / names.length })),
  });

  test('every weighted event type is counted, under all its names; one that never came is a warning', async () => {
    const event = { timestamp: '2026-01-05T12:00:00Z', user_id: 'u2' };
    const object = { object: { object_id: 'gone' } };
    const store = (action_name: string) => {
      const document = { ...event, action_name, event_attributes: object };
      return shop.engine.put('ubi_events', action_name, document, { refresh: true });
    };
    await store('Product Viewed');
    await store('scanned');
    try {
      const { ready, told } = await check(weights(['purchase', 50], ['view', 30], ['add_to_cart', 20]));
      expect(ready).toBe(true);
      expect(told('events')).toMatchObject([{ ok: true, count: 3 }]);
      // One view is on a product that the catalog does not have: as the feed says, it counts for nothing.
      expect(told('events')[0]?.message).toMatch(
        /^3 events .*; 1 more is on products .* counts for nothing$/,
      );
      const within = 'from 10 Jul 2025 to 6 Jan 2026';
      expect(told('event')).toMatchObject([
        { path: 'eventWeights.0', warning: false, count: 2, message: `"purchase": 2 events ${within}` },
        {
          path: 'eventWeights.1',
          warning: false,
          count: 1,
          message: `"view": 1 event, 1 click among them ${within}; 1 more is on products that the catalog does not have, and counts for nothing`,
        },
        { path: 'eventWeights.2', ok: true, warning: true, count: 0 },
      ]);
      expect(told('event')[2]?.message).toMatch(
        /^no "add_to_cart" of a known person that counts from 10 Jul 2025 to 6 Jan 2026: its weight of 20/,
      );
      expect(told('people')).toMatchObject([{ count: 1, warning: true }]);
      expect(told('products')).toMatchObject([{ ok: true, warning: true, count: 1 }]);
      expect(told('products')[0]?.message).toMatch(/^25 % of the events .* check that object_id/);
      const unknown = await check(weights(['scanned', 100]));
      expect(unknown.ready).toBe(false);
      expect(unknown.told('products')).toMatchObject([{ ok: false, warning: false, count: 1 }]);
      expect(unknown.told('events')).toMatchObject([{ ok: false, count: 0 }]);
      expect(unknown.told('event')).toMatchObject([{ warning: true, count: 0 }]);
      expect(unknown.told('people')).toMatchObject([{ count: 0 }]);
    } finally {
      for (const id of ['Product Viewed', 'scanned'])
        await shop.engine.delete('ubi_events', id, { refresh: true });
    }
  });

  test('no event that counts stands in the way', async () => {
    const none = await check(weights(['add_to_cart', 100]));
    expect(none.ready).toBe(false);
    expect(none.told('events')).toMatchObject([{ ok: false, count: 0 }]);
    expect(none.told('events')[0]?.message).toMatch(/the log has purchase \(2\).*weigh one of them/);
    expect((await check()).told('products')).toEqual([]);
  });

  test('anonymous events count once a log-in says whose their session or device is', async () => {
    const store = (id: string, event: object) =>
      shop.engine.put('ubi_events', id, { timestamp: '2026-01-05T12:00:00Z', ...event }, { refresh: true });
    const carts = weights(['add_to_cart', 100]);
    const visits = [{ session_id: 's1' }, { client_id: 'c2' }, { session_id: 's3', client_id: 'c3' }];
    for (const [n, visit] of visits.entries()) {
      const event_attributes = { object: { object_id: `p${n}` } };
      await store(`cart${n}`, { ...visit, action_name: 'add_to_cart', event_attributes });
    }
    try {
      const nobody = await check(carts);
      expect(nobody.ready).toBe(false);
      expect(nobody.told('events')[0]?.message).toMatch(/3 events are nobody's.*identify when people log in/);
      await store('in1', { user_id: 'u8', session_id: 's1', action_name: 'identify' });
      await store('in2', { user_id: 'u9', client_id: 'c2', action_name: 'identify' });
      const { ready, told } = await check(carts);
      expect([ready, told('events')[0]?.count, told('event')[0]?.count]).toEqual([true, 2, 2]);
      expect([told('people')[0]?.count, told('products')]).toEqual([2, []]);
      expect((await check(weights(['gone', 100]))).told('events')[0]?.message).not.toContain('identify (');
    } finally {
      for (const id of ['cart0', 'cart1', 'cart2', 'in1', 'in2'])
        await shop.engine.delete('ubi_events', id, { refresh: true });
    }
  });

  test('fields that tell no products apart, or few, are told by their place', async () => {
    const { told } = await check({
      ...fields('color', 'rare'),
      categoryOverrides: [{ categories: ['shoes'], fields: [{ field: 'same', weight: 100 }] }],
    });
    expect(told('field').map(({ path, ok, warning }) => [path, ok, warning])).toEqual([
      ['globalAffinityFields.0', true, false],
      ['globalAffinityFields.1', true, true],
      ['categoryOverrides.0.fields.0', true, true],
    ]);
    expect(told('field')[1]?.message).toContain('25 % of the products');
    expect((await check(fields('same'))).told('field')).toMatchObject([{ ok: false, count: 1 }]);
  });

  test('a field of different types behind an alias is told: searches leave it out', async () => {
    const [more, both] = ['products-more', 'products-both'];
    const { engine } = shop;
    await engine.createIndex(more, { mappings: { properties: { color: { type: 'integer' } } } });
    try {
      for (const index of ['products', more])
        await engine.request({ method: 'PUT', path: `/${index}/_alias/${shop.prefix}${both}` });
      const catalog = { ...CATALOG, name: both, index: both, indices: [both] };
      const model = modelSchema.parse({ id: 'summer', ...SUMMER, catalog: both, ...fields('color', 'rare') });
      const { checks } = await checkReadiness(engine, [catalog], model, NEWEST);
      const told = checks.filter(({ name }) => name === 'field').map(({ ok, message }) => [ok, message]);
      expect(told).toEqual([
        [
          true,
          `"color" is of different types in the indices of "${both}", so searches leave it out; give it one type`,
        ],
        [true, expect.stringContaining('25 % of the products')],
      ]);
    } finally {
      await engine.deleteIndex(more);
    }
  });

  test('a group profile that nobody is in', async () => {
    expect((await check()).told('group')).toMatchObject([{ path: 'group.attributes', warning: true }]);
    const group = { by: 'demographic' as const, attributes: ['age', 'household'] };
    expect((await check({ group })).told('group')).toMatchObject([
      { path: 'group.attributes.0', warning: false, count: 3 },
      { path: 'group.attributes.1', warning: false, count: 2 },
    ]);
    expect((await check({ group })).told('group')[0]?.message).toBe(
      '"age" has 3 values, known of 100 % of the people with events',
    );
    const timestamp = '2026-01-05T12:00:00Z';
    for (const user_id of ['nobody1', 'nobody2'])
      await shop.engine.put(
        'ubi_events',
        user_id,
        { timestamp, user_id, action_name: 'view' },
        { refresh: true },
      );
    try {
      expect((await check({ group })).told('group')[0]?.message).toBe(
        '"age" has 3 values, known of 33 % of the people with events: the others have no group',
      );
    } finally {
      for (const id of ['nobody1', 'nobody2']) await shop.engine.delete('ubi_events', id, { refresh: true });
    }
    const off = { inSession: true, sessionProfile: true, individual: true, group: false };
    expect((await check({ profiles: off })).told('group')).toEqual([]);
  });

  test('events that stopped, and events of the future', async () => {
    expect((await check()).told('time')).toEqual([]);
    const stopped = await check({ timeDecay: '30d' }, NEWEST + 40 * DAY_MS);
    expect(stopped.told('time')).toMatchObject([{ path: 'timeDecay', ok: true, warning: true }]);
    expect(stopped.told('time')[0]?.message).toMatch(/40 days old, more than the 30 days/);
    expect(stopped.told('events')).toMatchObject([{ count: 3 }]);
    const early = await check({}, NEWEST - 2 * DAY_MS);
    expect(early.told('time')).toMatchObject([{ warning: true, count: 2 }]);
  });

  test('a model that no longer fits says why, and nothing is said of its fields', async () => {
    const { ready, told } = await check(fields('gone'));
    expect(ready).toBe(false);
    expect(told('model')[0]?.message).toContain('globalAffinityFields.0.field: "gone" is not a field');
    expect(told('field')).toEqual([]);
  });
});
