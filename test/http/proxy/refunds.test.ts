// What is taken back, on both engines: the session's next search and the next training know nothing of the purchase.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { individualId, scopeAffinities } from '../../../src/core/profile/profile.js';
import { createProfileStore } from '../../../src/profiles/profile-store.js';
import { engines } from '../../helpers/engines.js';
import { NOW, openShopWithEvents, type ShopWithEvents } from './shop-with-events.js';

const DAY = 86_400_000;
const NO_PROFILE = 'skipped; reason=no-profile';

function event(action_name: string, who: object, quantity?: number, days = 0) {
  const event_attributes = { object: { object_id: 'p1' }, quantity };
  return { action_name, timestamp: NOW - days * DAY, ...who, event_attributes };
}

const NAMES = [
  ...['refund', 'order_refunded', 'order_cancelled', 'product_returned', 'Order Refunded', 'orderCancelled'],
  ...['order_canceled', 'return', 'partial_refund', 'cancel_order', 'item-returned', 'transaction_refunded'],
];

/** The purchase and its refund, each in another shape. */
const SHAPES: Readonly<Record<string, (session: string) => [bought: object, refunded: object]>> = {
  GA4: (session) => {
    const order = (name: string, quantity?: number) => ({
      client_id: 'c',
      events: [
        {
          name,
          params: {
            session_id: session,
            transaction_id: 'T',
            items: [{ item_id: 'p1', price: 2, quantity }],
          },
        },
      ],
    });
    return [order('purchase', 3), order('refund')];
  },
  Segment: (session) => {
    const call = (event: string) => ({
      ...{ type: 'track', event, timestamp: new Date(NOW).toISOString(), context: { sessionId: session } },
      properties: { order_id: 'T', products: [{ sku: 'p1', quantity: 2 }] },
    });
    return [call('Order Completed'), call('Order Cancelled')];
  },
  Algolia: (session) => {
    const sent = (eventName: string, eventSubtype?: string) => ({
      events: [
        {
          ...{ eventType: 'conversion', eventSubtype, eventName, userToken: session, objectIDs: ['p1'] },
          ...{ index: 'products', timestamp: NOW, objectData: [{ quantity: 2, price: 3 }] },
        },
      ],
    });
    return [sent('Bought', 'purchase'), sent('Order Refunded')];
  },
};

describe.each(engines())('$kind', ({ kind }) => {
  let shop: ShopWithEvents;
  beforeAll(async () => {
    shop = await openShopWithEvents(kind);
  });
  afterAll(() => shop.close());

  async function accepted(...events: readonly object[]) {
    for (const body of events) {
      const answer = await shop.send({ body });
      expect([answer.status, answer.body.rejected]).toEqual([202, []]);
    }
  }
  const ofSession = (session_id: string) => shop.outcome({ 'x-session-id': session_id });

  test.each(NAMES)('a session whose purchase ends in "%s"', async (name) => {
    const who = { session_id: `s-${name}` };
    await accepted(event('purchase', who));
    expect(await ofSession(who.session_id)).toMatch(/^applied/);
    await accepted(event(name, who));
    expect(await ofSession(who.session_id)).toBe(NO_PROFILE);
    await accepted(event('purchase', { ...who, event_id: `${name}-again` }));
  });

  test('in part, twice, and what is bought again', async () => {
    const who = { session_id: 's-part' };
    await accepted(event('purchase', who, 3), event('refund', who, 2));
    expect(await ofSession('s-part')).toMatch(/^applied/);
    await accepted(event('return', who, 1));
    expect(await ofSession('s-part')).toBe(NO_PROFILE);
    await accepted({ ...event('purchase', who, 1), timestamp: NOW + 1 });
    expect(await ofSession('s-part')).toMatch(/^applied/);
  });

  test('a click on the product stays, and a refund alone takes nothing', async () => {
    const who = { session_id: 's-click' };
    await accepted(event('refund', who), event('click', who));
    expect(await ofSession('s-click')).toMatch(/^applied/);
  });

  test.each(Object.entries(SHAPES))('in the shape of %s', async (name, shape) => {
    const session = `s-${name}`;
    const [bought, refunded] = shape(session);
    const outcome = () =>
      shop.outcome(name === 'Algolia' ? { 'x-client-id': session } : { 'x-session-id': session });
    await accepted(bought);
    expect(await outcome()).toMatch(/^applied/);
    await accepted(refunded);
    expect(await outcome()).toBe(NO_PROFILE);
  });

  test('training: all of it, part of it, one of two, and never below zero', async () => {
    const users: Readonly<Record<string, object[]>> = {
      all: [event('purchase', { user_id: 'all' }, 2, 9), event('order_cancelled', { user_id: 'all' }, 2, 8)],
      part: [event('purchase', { user_id: 'part' }, 3), event('Order Refunded', { user_id: 'part' }, 1)],
      one: [
        event('purchase', { user_id: 'one' }, 1, 30),
        event('purchase', { user_id: 'one' }, 1, 0),
        event('product_returned', { user_id: 'one' }, undefined, 0),
      ],
      more: [
        event('purchase', { user_id: 'more' }, 1, 1),
        event('refund', { user_id: 'more' }, 9, 1),
        event('view', { user_id: 'more' }),
      ],
    };
    await accepted(Object.values(users).flat());
    await shop.shop.engine.refresh(shop.shop.eventsIndex);
    const { catalog, engine } = shop.shop;
    const trained = await shop.shop.trainer()({ model: shop.model, catalog, version: 2 });
    const profiles = createProfileStore(engine, { maxBytes: 1e7, ttlMs: 60_000, negativeTtlMs: 60_000 });
    const documents = await profiles.read(trained.profileIndex, Object.keys(users).map(individualId));
    const acme = documents.map(
      (document) => document && scopeAffinities(document, null).get('brand.keyword')?.values.get('Acme'),
    );
    // Half-life 120 days; a view weighs 20/50 of a purchase.
    const expected = [null, 2 / 3, 0.5 ** (30 / 120), 0.4];
    for (const [place, x] of expected.entries())
      if (x === null) expect(acme[place]).toBeNull();
      else expect(acme[place]).toBeCloseTo(x, 5);
  });
});
