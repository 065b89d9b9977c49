// Events in the shapes of GA4, Segment, Algolia Insights and UBI orders: what becomes of each part, and what is told back.
import { describe, expect, test } from '@jest/globals';
import { openBatch, readSentEvents } from '../../src/events/shapes/read-sent-events.js';
import { type ValidEvent, validateEvent } from '../../src/events/validate-event.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const ISO = '2026-03-01T11:59:00.000Z';

/** Every line of what was sent, as it is stored, or what is wrong with it. */
function read(body: unknown) {
  return readSentEvents(openBatch(JSON.parse(JSON.stringify(body)))).flatMap((sent) =>
    'errors' in sent
      ? [{ errors: sent.errors }]
      : sent.lines.map((line, place) => validateEvent(line, { trusted: true, identity: {} }, NOW, place)),
  );
}
const documents = (body: unknown) =>
  read(body).map((event) => ('errors' in event ? event : JSON.parse(JSON.stringify(event.document))));
const ids = (body: unknown) => read(body).map((event) => (event as ValidEvent).id);
const errors = (body: unknown) => read(body).flatMap((event) => ('errors' in event ? event.errors : []));

describe('GA4', () => {
  const payload = (...events: object[]) => ({
    client_id: 'c',
    user_id: 'u',
    timestamp_micros: Date.parse(ISO) * 1e3,
    events,
  });
  test('an event for each item, with what the order and the payload say', () => {
    const params = {
      ...{ session_id: 7, transaction_id: 'T', currency: 'EUR', value: 9, engagement_time_msec: 1 },
      items: [
        { item_id: 'a', item_name: 'A', price: 2.5, quantity: 2, index: 0 },
        { item_id: 4, price: 4 },
      ],
    };
    const common = { action_name: 'purchase', timestamp: ISO, user_id: 'u', client_id: 'c', session_id: '7' };
    expect(documents(payload({ name: 'purchase', params }))).toEqual([
      {
        ...common,
        event_attributes: {
          transaction_id: 'T',
          object: { object_id: 'a' },
          position: { ordinal: 0 },
          ...{ quantity: 2, price: 2.5, currency: 'EUR' },
        },
      },
      {
        ...common,
        event_attributes: { transaction_id: 'T', object: { object_id: '4' }, price: 4, currency: 'EUR' },
      },
    ]);
  });
  test('a search is its words, not the items on its page; an event on no product is stored', () => {
    const search = { name: 'view_search_results', params: { search_term: 'red', items: [{ item_id: 'a' }] } };
    expect(documents(payload(search, { name: 'page_view', params: {} }))).toMatchObject([
      { user_query: 'red', event_attributes: {} },
      { action_name: 'page_view' },
    ]);
  });
  test('each item has its own error, at its place', () => {
    const items = [{ item_id: 'a' }, { item_name: 'nameless' }, 'b'];
    expect(errors(payload({ name: 'refund', params: { items } }))).toEqual([
      { path: 'params.items.1.item_id', message: 'is required of a refund' },
      { path: 'params.items.2.item_id', message: 'is required of a refund' },
    ]);
    expect(errors(payload({ name: 'refund', params: { transaction_id: 'T' } }))[0]?.path).toBe(
      'params.items',
    );
    expect(errors(payload({ name: 5, params: { items } }))[0]?.path).toBe('name');
    expect(
      errors(payload({ name: 'view_item', timestamp_micros: 'soon', params: { items: items.slice(0, 1) } })),
    ).toEqual([{ path: 'timestamp_micros', message: expect.stringContaining('microseconds since 1970') }]);
  });
  test('without a time it is of now, and within the minute the same event', () => {
    const events = [{ name: 'view_item', params: { items: [{ item_id: 'a' }, { item_id: 'a' }] } }];
    const [first, second] = ids({ client_id: 'c', events });
    expect(first).not.toBe(second);
    expect(ids({ client_id: 'c', events })).toEqual([first, second]);
    expect(documents({ client_id: 'c', events })[0].timestamp).toBe('2026-03-01T12:00:00.000Z');
  });
});

describe('Segment', () => {
  const track = (event: string, properties: object, more: object = {}) => ({
    ...{ type: 'track', event, timestamp: ISO, userId: 'u', anonymousId: 'c', messageId: 'm', properties },
    ...more,
  });
  test('an event for each product, under the id of the message', () => {
    const products = [
      { product_id: 'a', sku: 'no', price: 1.5, quantity: 3, position: 2 },
      { sku: 'b', currency: 'USD' },
    ];
    const sent = track('Order Completed', { order_id: 'T', currency: 'EUR', products });
    expect(ids(sent)).toEqual(['m', 'm#1']);
    expect(documents(sent)).toMatchObject([
      {
        user_id: 'u',
        client_id: 'c',
        event_attributes: { quantity: 3, price: 1.5, currency: 'EUR', position: { ordinal: 2 } },
      },
      { event_attributes: { object: { object_id: 'b' }, currency: 'USD', transaction_id: 'T' } },
    ]);
  });
  test('one product, a search, and calls without a type', () => {
    const { type: _, ...untyped } = track('Product Clicked', { product_id: 'a' });
    const sent = {
      batch: [
        track('Product Added', { sku: 'a', quantity: '2' }),
        track('Products Searched', { query: 'red' }),
        untyped,
      ],
    };
    expect(documents(sent)).toMatchObject([
      { action_name: 'Product Added', event_attributes: { object: { object_id: 'a' }, quantity: 2 } },
      { user_query: 'red' },
      { action_name: 'Product Clicked' },
    ]);
  });
  test('what is told back names its own parts', () => {
    expect(errors(track('Order Cancelled', { order_id: 'T' }))[0]?.path).toBe('properties.products');
    expect(errors(track('Order Completed', { products: [{ name: 'x' }] }))[0]?.path).toBe(
      'properties.products.0.product_id',
    );
    expect(errors(track('x', {}, { type: 'page' }))[0]?.path).toBe('type');
    expect(errors(track('Product Added', { sku: 'a' }, { userId: { a: 1 } }))[0]?.path).toBe('userId');
    expect(errors({ type: 'identify', userId: 'u' })[0]?.message).toContain('/_kindred/identify');
  });
});

describe('Algolia Insights', () => {
  const sent = (changes: object) => ({
    events: [
      {
        ...{
          eventType: 'click',
          eventName: 'Clicked',
          index: 'products',
          userToken: 't',
          timestamp: Date.parse(ISO),
        },
        ...{ queryID: 'q', objectIDs: ['a', 'b'], positions: [1, 2], ...changes },
      },
    ],
  });
  test('an event for each object', () => {
    expect(documents(sent({ authenticatedUserToken: 'u' }))).toMatchObject([
      {
        ...{
          action_name: 'click',
          user_id: 'u',
          client_id: 't',
          query_id: 'q',
          timestamp: ISO,
          message: 'Clicked',
        },
        event_attributes: { object: { object_id: 'a' }, position: { ordinal: 1 } },
      },
      { event_attributes: { object: { object_id: 'b' }, position: { ordinal: 2 } } },
    ]);
  });
  test.each([
    [{ eventType: 'conversion', eventSubtype: 'addToCart' }, 'addToCart'],
    [{ eventType: 'conversion', eventSubtype: 'purchase', eventName: 'Order Refunded' }, 'purchase'],
    [{ eventType: 'conversion', eventName: 'Order Refunded' }, 'Order Refunded'],
    [{ eventType: 'view', eventName: 'Hits Viewed' }, 'Hits Viewed'],
    [{ eventType: 'view', eventName: 'Looked at' }, 'view'],
  ])('%j is %s', (changes, action) => {
    expect(documents(sent(changes))[0]).toMatchObject({ action_name: action });
  });
  test('what an object cost', () => {
    const objectData = [{ price: 1, quantity: 2, queryID: 'other' }];
    expect(documents(sent({ objectData, currency: 'EUR' }))).toMatchObject([
      { query_id: 'other', event_attributes: { price: 1, quantity: 2, currency: 'EUR' } },
      { query_id: 'q', event_attributes: { currency: 'EUR' } },
    ]);
  });
  test('filters, other ids and too many objects are told', () => {
    expect(errors(sent({ objectIDs: undefined, filters: ['brand:a'] }))[0]?.path).toBe('objectIDs');
    expect(errors(sent({ objectIDs: ['a', {}] }))[0]?.path).toBe('objectIDs.1');
    expect(errors(sent({ objectIDs: Array(201).fill('a') }))[0]?.message).toContain('at most 200');
    expect(errors(sent({ userToken: 't'.repeat(101) }))[0]?.path).toBe('userToken');
  });
});

describe('orders of UBI', () => {
  const order = (event_attributes: object) => ({
    action_name: 'purchase',
    timestamp: ISO,
    event_id: 'o',
    event_attributes,
  });
  test.each([
    ['items', 'item_id'],
    ['products', 'product_id'],
    ['order_lines', 'sku'],
    ['object', 'object_id'],
  ])('lines in %s, ids in %s', (list, id) => {
    const sent = order({
      order_id: 5,
      currency: 'EUR',
      [list]: [{ [id]: 'a', qty: 2, unit_price: 3 }, { [id]: 6 }],
    });
    expect(ids(sent)).toEqual(['o', 'o#1']);
    expect(documents(sent)).toMatchObject([
      {
        event_attributes: {
          object: { object_id: 'a' },
          quantity: 2,
          price: 3,
          currency: 'EUR',
          transaction_id: 5,
        },
      },
      { event_attributes: { object: { object_id: '6' } } },
    ]);
  });
  test('a product named beside a list is the product; where its pieces stand', () => {
    const object = { object_id: 'a', object_detail: { quantity: 3 } };
    expect(documents(order({ object, items: [{ item_id: 'b' }] }))).toMatchObject([
      { event_attributes: { quantity: 3, object, items: [{ item_id: 'b' }] } },
    ]);
    expect(errors(order({ items: [{ item_id: 'a' }, { name: 'b' }] }))).toEqual([
      { path: 'event_attributes.items.1.object_id', message: 'is required of a purchase' },
    ]);
  });
});

test('what is large or deep stays small: a long text is not stored once for each of two hundred lines', () => {
  const items = Array.from({ length: 200 }, (_, place) => ({ item_id: `p${place}` }));
  const note = 'x'.repeat(100_000);
  const sent = [
    { name: 'purchase', params: { transaction_id: note, currency: note, note, items } },
    {
      action_name: 'purchase',
      timestamp: ISO,
      note,
      event_attributes: { transaction_id: note, note, items },
    },
  ];
  for (const event of sent) expect(JSON.stringify(documents([event])).length).toBeLessThan(60_000);
  const orders = Array.from({ length: 30 }, () => sent[0]);
  expect(() => readSentEvents({ items: orders, payload: {} })).toThrow(
    expect.objectContaining({ status: 413 }),
  );
  const deep = JSON.parse(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`);
  for (const event of [
    { eventType: 'view', deep },
    { event: 'x', deep },
    { name: 'x', params: deep },
  ])
    expect(errors([event])[0]?.message).toContain('nested deeper');
  expect(errors({ ...deep, events: [{ name: 'view_item', params: { items: [{}] } }] })[0]?.path).toContain(
    'items.0',
  );
});
