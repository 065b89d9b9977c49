// Event intake on real engines: stored before acknowledged, counted once, felt by the session.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { catalogSchema } from '../../src/core/catalog.js';
import { KindredError } from '../../src/core/errors.js';
import type { SessionEvent } from '../../src/core/event/session-event.js';
import type { ProductFields } from '../../src/core/field-location.js';
import type { BulkFailure, EngineClient } from '../../src/engine/client/client.js';
import { readMapping } from '../../src/engine/indices/mappings.js';
import { createEventIntake, type EventIntakeOptions } from '../../src/events/event-intake.js';
import { createProductLookup } from '../../src/events/product-lookup.js';
import { createMemorySessionStore } from '../../src/sessions/memory-stores.js';
import { connectTest, engines, uniqueIndex } from '../helpers/engines.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const FIELDS: ProductFields = {
  category: { source: 'category' },
  fields: [
    { field: 'brand', location: { source: 'brand' } },
    { field: 'color.raw', location: { source: 'color' } },
    { field: 'size', location: { source: 'size' } },
    { field: 'organic', location: { source: 'organic' } },
  ],
  open: [],
};
const TRUSTED = { trusted: true, identity: {} };

function event(session: string, objectId: string, changes: Record<string, unknown> = {}) {
  return {
    action_name: 'click',
    timestamp: '2026-03-01T11:59:00Z',
    session_id: session,
    event_attributes: { object: { object_id: objectId } },
    ...changes,
  };
}
const body = (value: unknown) => Buffer.from(JSON.stringify(value));
const products = (events: readonly SessionEvent[]) =>
  events.map((event) => ('query' in event ? event.query : event.product.objectId));

describe.each(engines())('$kind', ({ kind }) => {
  let engine: EngineClient;
  const eventsIndex = uniqueIndex('events-intake');
  const catalog = catalogSchema.parse({ index: uniqueIndex('events-catalog') });

  function intakeWith(options: Partial<EventIntakeOptions> = {}) {
    const sessions = createMemorySessionStore({ maxBytes: 1_000_000 });
    const foldErrors: unknown[] = [];
    const lookUp = createProductLookup(engine, catalog, async () => FIELDS);
    const intake = createEventIntake({
      engine,
      sessions,
      products: lookUp,
      now: () => NOW,
      onSessionError: (error) => foldErrors.push(error),
      eventsIndex,
      ...options,
    });
    return { intake, sessions, foldErrors };
  }

  async function stored(session: string): Promise<Record<string, unknown>[]> {
    await engine.refresh(eventsIndex);
    const found = await engine.search(eventsIndex, { query: { term: { session_id: session } }, size: 100 });
    return found.hits.hits.map(({ _source = {} }) => _source);
  }

  beforeAll(async () => {
    engine = await connectTest(kind);
    await engine.createIndex(eventsIndex, await readMapping('ubi_events'));
    await engine.createIndex(catalog.index, { settings: { number_of_replicas: 0 }, mappings: {} });
    await engine.bulk(catalog.index, [
      {
        action: 'index',
        id: 'p1',
        document: { title: 'Oats', category: 'cereal', brand: 'Acme', size: 500, organic: true },
      },
      {
        action: 'index',
        id: 'p2',
        document: { title: 'Rice', brand: 'Best', color: ['white', 'brown'], size: 2.5 },
      },
    ]);
  });
  afterAll(async () => {
    await engine.deleteIndex(eventsIndex);
    await engine.deleteIndex(catalog.index);
    await engine.close();
  });

  test('an accepted event is stored when the answer comes, and in its session with catalog values', async () => {
    const { intake, sessions } = intakeWith();
    const sent = event('s-one', 'p1', {
      page: 'home',
      event_attributes: { object: { object_id: 'p1', brand: 'a lie' }, position: { ordinal: 2 } },
    });
    expect(await intake.record(body(sent), TRUSTED)).toEqual({ accepted: 1, rejected: [] });
    expect(await stored('s-one')).toEqual([
      {
        action_name: 'click',
        timestamp: '2026-03-01T11:59:00.000Z',
        session_id: 's-one',
        event_attributes: {
          object: { object_id: 'p1', brand: 'a lie' },
          position: { ordinal: 2 },
          extra: { page: 'home' },
        },
      },
    ]);
    const values = new Map([
      ['brand', ['Acme']],
      ['color.raw', []],
      ['size', ['500']],
      ['organic', ['true']],
    ]);
    expect(await sessions.read({ sessionId: 's-one' })).toMatchObject([
      {
        action: 'click',
        timestamp: NOW - 60_000,
        product: { objectId: 'p1', categories: ['cereal'], values },
      },
    ]);
  });

  test('in one body: good, bad, repeated, refused by the engine, unknown product, old', async () => {
    const { intake, sessions, foldErrors } = intakeWith();
    const receipt = await intake.record(
      body([
        event('s-mix', 'p2'),
        event('s-mix', 'p2'),
        event('s-mix', 'p1', { action_name: undefined }),
        event('s-mix', 'p1', {
          event_attributes: { object: { object_id: 'p1', object_id_type: { no: 1 } } },
        }),
        event('s-mix', 'nobody-knows'),
        event('s-mix', 'p1', { timestamp: '2026-03-01T11:29:59Z' }),
      ]),
      TRUSTED,
    );
    expect(receipt).toEqual({
      accepted: 4,
      rejected: [
        { index: 2, errors: [{ path: 'action_name', message: 'is required' }] },
        { index: 3, errors: [{ path: '', message: expect.stringContaining('was refused by the engine: ') }] },
      ],
    });
    expect((await stored('s-mix')).length).toBe(3);
    expect(products(await sessions.read({ sessionId: 's-mix' }))).toEqual(['p2']);
    expect(foldErrors).toEqual([]);
  });

  test('a search needs no product: it is stored, and in its session in the order of events', async () => {
    const { intake, sessions, foldErrors } = intakeWith();
    const search = event('s-search', 'none', {
      action_name: 'search',
      user_query: 'acme',
      event_attributes: undefined,
    });
    const sent = [
      event('s-search', 'p1'),
      search,
      { ...search, user_query: undefined },
      { ...search, user_query: 'x' },
    ];
    expect(await intake.record(body(sent), TRUSTED)).toEqual({
      accepted: 3,
      rejected: [{ index: 2, errors: [{ path: 'user_query', message: 'is required of a search' }] }],
    });
    expect((await stored('s-search')).map(({ user_query }) => user_query).sort()).toEqual([
      'acme',
      'x',
      undefined,
    ]);
    expect(products(await sessions.read({ sessionId: 's-search' }))).toEqual(['p1', 'acme', 'x']);
    expect((await sessions.read({ sessionId: 's-search' }))[1]).toMatchObject({
      action: 'search',
      timestamp: NOW - 60_000,
      query: 'acme',
    });
    expect(foldErrors).toEqual([]);
  });

  test('a resend is accepted and changes nothing, from two proxies at once as well', async () => {
    const { intake, sessions } = intakeWith();
    const sent = body([event('s-again', 'p1'), event('s-again', 'p2', { event_id: `${kind}-given` })]);
    const receipts = await Promise.all([intake.record(sent, TRUSTED), intake.record(sent, TRUSTED)]);
    receipts.push(await intake.record(sent, TRUSTED));
    expect(receipts).toEqual(Array(3).fill({ accepted: 2, rejected: [] }));
    expect((await stored('s-again')).length).toBe(2);
    expect(products(await sessions.read({ sessionId: 's-again' })).sort()).toEqual(['p1', 'p2']);
  });

  test('a hostile object id is just unknown', async () => {
    const { intake, foldErrors } = intakeWith();
    const sent = ['../_all', '"', '€'.repeat(256), ' '].map((objectId) => event('s-odd', objectId));
    expect(await intake.record(body(sent), TRUSTED)).toEqual({ accepted: 4, rejected: [] });
    expect(foldErrors).toEqual([]);
  });

  test('while the disk is full nothing is acknowledged; sent again later it counts once', async () => {
    const { intake, sessions } = intakeWith();
    const sent = body([event('s-full', 'p1'), event('s-full', 'p2')]);
    await engine.putSettings(eventsIndex, { 'index.blocks.read_only_allow_delete': true });
    await expect(intake.record(sent, TRUSTED)).rejects.toMatchObject({
      code: 'events-not-stored',
      status: 503,
    });
    expect(await sessions.read({ sessionId: 's-full' })).toEqual([]);
    await engine.putSettings(eventsIndex, { 'index.blocks.read_only_allow_delete': null });
    expect(await intake.record(sent, TRUSTED)).toEqual({ accepted: 2, rejected: [] });
    expect(products(await sessions.read({ sessionId: 's-full' }))).toEqual(['p1', 'p2']);
  });

  test('events are stored where their products cannot be read', async () => {
    const unreadable = createProductLookup(
      engine,
      { ...catalog, index: 'events-nowhere' },
      async () => FIELDS,
    );
    const { intake, foldErrors } = intakeWith({ products: unreadable });
    expect(await intake.record(body(event('s-blind', 'p1')), TRUSTED)).toEqual({ accepted: 1, rejected: [] });
    expect((await stored('s-blind')).length).toBe(1);
    expect(foldErrors.length).toBe(1);
  });
});

describe('an engine that is overloaded', () => {
  const failing = (failures: (ids: string[]) => BulkFailure[]) =>
    createEventIntake({
      engine: { bulk: async (_index, items) => failures(items.map(({ id }) => id)) },
      sessions: createMemorySessionStore({ maxBytes: 1_000_000 }),
      products: async () => new Map(),
      now: () => NOW,
      onSessionError: () => {},
    });
  const busy = (id: string) => ({ id, status: 429, reason: 'disk usage exceeded flood-stage watermark' });
  const two = body([event('s', 'p1'), event('s', 'p2')]);

  test('some items refused: the sender is told to send them again', async () => {
    const receipt = await failing((ids) => ids.slice(1).map(busy)).record(two, TRUSTED);
    expect(receipt).toEqual({
      accepted: 1,
      rejected: [{ index: 1, errors: [{ path: '', message: 'could not be stored now; send it again' }] }],
    });
  });

  test('all items refused, or no answer at all: 503', async () => {
    const unreachable = () => {
      throw new KindredError('engine-unreachable', 'no answer', { status: 503 });
    };
    for (const failures of [(ids: string[]) => ids.map(busy), unreachable])
      await expect(failing(failures).record(two, TRUSTED)).rejects.toMatchObject({
        code: 'events-not-stored',
        status: 503,
      });
  });
});
