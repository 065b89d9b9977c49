// Every way in which shops and collectors send events, on both engines: taken, and felt by the session's next search.
import { gzipSync } from 'node:zlib';
import { Client as ElasticsearchClient } from '@elastic/elasticsearch';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client as OpenSearchClient } from '@opensearch-project/opensearch';
import { engines } from '../../helpers/engines.js';
import { KEY, NOW, openShopWithEvents, type Sent, type ShopWithEvents } from './shop-with-events.js';

const ISO = new Date(NOW).toISOString();
const MIB = 1024 ** 2;

function click(session: string, changes: Record<string, unknown> = {}) {
  const event_attributes = { object: { object_id: 'p1' } };
  return { action_name: 'click', timestamp: ISO, session_id: session, event_attributes, ...changes };
}

const lines = (...parts: readonly (object | string)[]) =>
  parts.map((part) => `${typeof part === 'string' ? part : JSON.stringify(part)}\n`).join('');

/** Name → a request that is taken, with one event of the session on product p1. */
const DOORS: Readonly<Record<string, (session: string) => Sent>> = {
  'one event': (session) => ({ body: click(session) }),
  'put to UBI’s index': (session) => ({ method: 'put', path: '/ubi_events', body: [click(session)] }),
  'a document': (session) => ({ path: '/ubi_events/_doc', body: click(session) }),
  'a document, as UBI’s README has it': (session) => ({ path: '/ubi_events/_doc/', body: click(session) }),
  'a document with parameters': (session) => ({
    path: '/ubi_events/_doc?refresh=true',
    body: click(session),
  }),
  'a document with an id': (session) => ({
    method: 'put',
    path: `/ubi_events/_doc/${session}`,
    body: click(session),
  }),
  'a new document': (session) => ({
    method: 'put',
    path: `/ubi_events/_create/${session}`,
    body: click(session),
  }),
  'in bulk': (session) => ({ path: '/ubi_events/_bulk', body: lines({ index: {} }, click(session)) }),
  'in bulk, for an index by name': (session) => ({
    method: 'put',
    path: '/_bulk',
    body: lines({ create: { _index: 'ubi_events', _id: session } }, click(session)),
    headers: { 'Content-Type': 'application/x-ndjson' },
  }),
  'in bulk, compressed and without its last line feed': (session) => ({
    path: '/ubi_events/_bulk',
    body: gzipSync(lines({ index: {} }, click(session)).trimEnd()),
    headers: { 'Content-Encoding': 'gzip' },
  }),
  'seconds since 1970': (session) => ({ body: click(session, { timestamp: NOW / 1000 }) }),
  'milliseconds since 1970': (session) => ({ body: click(session, { timestamp: NOW }) }),
  'milliseconds as text': (session) => ({ body: click(session, { timestamp: String(NOW) }) }),
  'microseconds since 1970': (session) => ({ body: click(session, { timestamp: NOW * 1000 }) }),
  'a time without a zone': (session) => ({ body: click(session, { timestamp: ISO.slice(0, 19) }) }),
  'null wherever it can be': (session) => ({
    path: '/ubi_events',
    body: [
      click(session, {
        ...{
          user_id: null,
          query_id: null,
          message: null,
          message_type: null,
          application: null,
          event_id: null,
        },
        event_attributes: {
          object: { object_id_field: 'product', object_id: 'p1', description: 'x', object_detail: null },
          ...{ position: null, browser: null, session_id: null, page_id: null, dwell_time: null },
        },
      }),
    ],
  }),
  'a position without a place': (session) => ({
    body: click(session, {
      event_attributes: { object: { object_id: 'p1' }, position: { ordinal: null, x: null, trail: [null] } },
    }),
  }),
  'an order of UBI': (session) => ({
    body: click(session, {
      action_name: 'purchase',
      event_attributes: {
        transaction_id: 'T1',
        items: [
          { object_id: 'p1', quantity: 2, price: 9.5, currency: 'EUR' },
          { object_id: 'p2', quantity: '1', price: 3 },
        ],
      },
    }),
  }),
  'GA4’s measurement protocol': (session) => ({
    body: {
      client_id: 'device',
      user_id: null,
      timestamp_micros: String(NOW * 1000),
      events: [
        {
          name: 'purchase',
          params: {
            session_id: session,
            currency: 'EUR',
            items: [{ item_id: 'p1', quantity: 2, price: 4.25 }],
          },
        },
      ],
    },
  }),
  'a call of Segment': (session) => ({
    body: {
      type: 'track',
      event: 'Order Completed',
      messageId: `m-${session}`,
      timestamp: ISO,
      context: { sessionId: session },
      properties: {
        order_id: 'T2',
        currency: 'EUR',
        products: [{ product_id: 'p1', quantity: 1, price: 8 }],
      },
    },
  }),
  'a batch of Segment': (session) => ({
    body: {
      batch: [
        {
          type: 'track',
          event: 'Product Viewed',
          timestamp: ISO,
          properties: { session_id: session, sku: 'p1', price: '7.50' },
        },
      ],
    },
  }),
  'Algolia’s Insights': (session) => ({
    path: '/1/events',
    headers: { 'X-Session-Id': session },
    body: {
      events: [
        {
          ...{ eventType: 'conversion', eventSubtype: 'purchase', eventName: 'Bought', index: 'products' },
          ...{ userToken: 'anonymous-1', timestamp: NOW, currency: 'USD', value: 20 },
          objectIDs: ['p1', 'p2'],
          objectData: [{ price: 5, quantity: 2 }, { price: 10 }],
        },
      ],
    },
  }),
};

describe.each(engines())('$kind', ({ kind }) => {
  let shop: ShopWithEvents;
  beforeAll(async () => {
    shop = await openShopWithEvents(kind);
  });
  afterAll(() => shop.close());

  test.each(Object.entries(DOORS))('%s', async (_name, door) => {
    const session = `s-${Object.values(DOORS).indexOf(door)}`;
    const first = await shop.send(door(session));
    expect([first.status, first.body]).toEqual([
      door(session).path?.includes('_bulk') ? 200 : 202,
      expect.objectContaining({ accepted: 1, rejected: [] }),
    ]);
    expect(await shop.outcome({ 'x-session-id': session })).toMatch(/^applied/);
    const stored = await shop.stored(session);
    expect(JSON.stringify(stored)).not.toContain(':null');
    // Sent again, nothing changes.
    expect((await shop.send(door(session))).body).toMatchObject({ accepted: 1, rejected: [] });
    expect(await shop.stored(session)).toHaveLength(stored.length);
  });

  test('what is stored of an order’s lines', async () => {
    const order = DOORS['an order of UBI']!('s-lines');
    expect((await shop.send(order)).status).toBe(202);
    const attributes = (await shop.stored('s-lines')).map(({ event_attributes }) => event_attributes);
    expect(attributes).toHaveLength(2);
    expect(attributes).toEqual(
      expect.arrayContaining([
        { transaction_id: 'T1', object: { object_id: 'p1' }, quantity: 2, price: 9.5, currency: 'EUR' },
        { transaction_id: 'T1', object: { object_id: 'p2' }, quantity: 1, price: 3 },
      ]),
    );
  });

  test('UBI’s sample of an event on a page is stored, and counts for nothing', async () => {
    const sample = click('s-page', {
      action_name: 'page_exit',
      event_attributes: { position: {}, object: { idleTimeoutMs: 5000, userLeftCallbacks: [] } },
    });
    expect((await shop.send({ path: '/ubi_events/_doc/', body: sample })).body).toMatchObject({
      accepted: 1,
    });
    expect(await shop.stored('s-page')).toHaveLength(1);
    expect(await shop.outcome({ 'x-session-id': 's-page' })).toBe('skipped; reason=no-profile');
  });

  describe('in bulk', () => {
    const bulk = (body: string, path = '/ubi_events/_bulk') => shop.send({ path, body });

    test('each action has its own answer', async () => {
      const answer = await bulk(
        lines(
          { index: { _id: 'b1' } },
          click('s-bulk'),
          { update: { _id: 'b1' } },
          { doc: {} },
          { delete: { _id: 'b1' } },
          { create: {} },
          click('s-bulk', { timestamp: 'yesterday' }),
          { create: { _index: 'products' } },
          { title: 'no event' },
          { create: {} },
          '{"half":',
          '',
          { index: { _id: 70_007 } },
          click('s-bulk', { event_attributes: { object: { object_id: 'p2' } } }),
        ),
      );
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ took: expect.any(Number), errors: true, accepted: 2 });
      const told = answer.body.items.map((item) =>
        Object.entries(item).map(([name, { status, error }]) => [name, status, error?.type].join(' ')),
      );
      expect(told.flat()).toEqual([
        'index 201 ',
        'update 400 illegal_argument_exception',
        'delete 400 illegal_argument_exception',
        'create 400 document_parsing_exception',
        'create 403 index_not_served',
        'create 400 document_parsing_exception',
        'index 201 ',
      ]);
      expect(answer.body.items[3]?.create?.error?.reason).toMatch(/^timestamp must be/);
      expect(answer.body.rejected.map(({ index }) => index)).toEqual([1, 2, 3, 4, 5]);
      expect(await shop.stored('s-bulk')).toHaveLength(2);
    });

    test('more than a thousand at once', async () => {
      const events = Array.from({ length: 2_345 }, (_, place) => [
        { create: { _id: `many-${place}` } },
        click('s-many'),
      ]);
      const answer = await bulk(lines(...events.flat()));
      expect(answer.body).toMatchObject({ errors: false, accepted: 2_345 });
      expect(answer.body.items).toHaveLength(2_345);
    });

    test('what is deep, large or no object is refused by itself', async () => {
      const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
      const large = JSON.stringify(click('s', { note: 'x'.repeat(2 * MIB) }));
      const answer = await bulk(lines({ index: {} }, deep, { index: {} }, large, { index: {} }, '7'));
      expect(answer.body.items.map(({ index }) => index?.status)).toEqual([400, 413, 400]);
      expect((await shop.send({ path: '/ubi_events/_doc', body: deep })).status).toBe(400);
      expect((await shop.send({ body: `{"events":${deep}}` })).body.accepted).toBe(0);
    });

    test.each([
      ['no action', lines(click('s')), 400, 'malformed_bulk'],
      ['no JSON', 'delete everything\n', 400, 'malformed_json'],
      ['two actions in one', lines({ index: {}, create: {} }, click('s')), 400, 'malformed_bulk'],
      ['an action without its document', lines({ index: {} }), 400, 'malformed_bulk'],
      ['too much', ' '.repeat(10 * MIB + 1), 413, 'too_large'],
    ])('%s is refused as the engine does', async (_name, body, status, type) => {
      const answer = await bulk(body);
      expect([answer.status, answer.body.status, answer.body.error.type]).toEqual([status, status, type]);
    });

    test('no index, or another one, is written to by /_bulk', async () => {
      const answer = await bulk(lines({ index: {} }, click('s')), '/_bulk');
      expect(answer.body.items[0]?.index).toMatchObject({ status: 403 });
    });
  });

  test('what is no event is told in the shape of each door', async () => {
    const document = await shop.send({ path: '/ubi_events/_doc', body: click('s', { action_name: '' }) });
    expect(document.status).toBe(400);
    expect(document.body).toMatchObject({
      status: 400,
      error: { type: 'document_parsing_exception', reason: 'action_name must not be empty' },
      rejected: [{ index: 0, errors: [{ path: 'action_name', message: 'must not be empty' }] }],
    });
    for (const path of ['/ubi_events/_doc', '/ubi_events/_bulk', '/_bulk']) {
      const answer = await shop.send({ path, body: click('s'), headers: { 'X-Kindred-Key': 'guessed' } });
      expect([answer.status, answer.body.error.type]).toEqual([401, 'wrong_key']);
    }
    const noise = { body: Buffer.from('no gzip'), headers: { 'Content-Encoding': 'gzip' } };
    expect((await shop.send({ path: '/_bulk', ...noise })).body.status).toBe(400);
    expect((await shop.send({ path: '/1/events', ...noise })).status).toBe(400);
    const bomb = gzipSync(' '.repeat(20 * MIB));
    expect((await shop.send({ body: bomb, headers: noise.headers })).status).toBe(413);
  });

  test('the engine’s own client writes events', async () => {
    const connection = { node: shop.url, headers: { 'x-kindred-key': KEY } };
    const client =
      kind === 'elasticsearch' ? new ElasticsearchClient(connection) : new OpenSearchClient(connection);
    const body = [
      { index: { _index: 'ubi_events' } },
      click('s-client'),
      { delete: { _index: 'ubi_events', _id: 'x' } },
    ];
    if (client instanceof ElasticsearchClient) {
      expect(await client.index({ index: 'ubi_events', document: click('s-client') })).toMatchObject({
        result: 'created',
      });
      const { errors, items } = await client.bulk({ operations: body });
      expect([errors, items[0]?.index?.status, items[1]?.delete?.status]).toEqual([true, 201, 400]);
    } else {
      const { body: written } = await client.index({ index: 'ubi_events', body: click('s-client') });
      expect(written).toMatchObject({ result: 'created' });
      const { items } = (await client.bulk({ body })).body;
      expect(items.map((item) => Object.values(item)[0]?.status)).toEqual([201, 400]);
    }
    await client.close();
    expect(await shop.outcome({ 'x-session-id': 's-client' })).toMatch(/^applied/);
  });
});
