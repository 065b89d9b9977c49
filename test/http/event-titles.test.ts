// What the API tells of the products of events: titles, a warning where no catalog has them, and one to try.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engines } from '../helpers/engines.js';
import { problem } from './admin-shop.js';
import { MODEL, openTrainedShop, type TrainedShop } from './trained-shop.js';

describe.each(engines())('$kind', ({ kind }) => {
  let shop: TrainedShop;
  beforeAll(async () => {
    shop = await openTrainedShop(kind);
    await shop.modelStore.create(MODEL, 'test');
    await shop.activate('tastes');
  });
  afterAll(() => shop.close());

  const get = (path: string) => shop.agent().get(`/api${path}`);
  const on = (object_id: string) => ({
    action_name: 'view',
    user_id: 'dora',
    event_attributes: { object: { object_id } },
  });

  test('accepted events have the title of their product; a warning where no catalog has it', async () => {
    const { seq: after } = (await get('/events/feed').expect(200)).body;
    await shop.send(
      on('p4'),
      on('no-such'),
      on('p4'),
      on(' p4'),
      on('a/b?c#d"'),
      { action_name: 'search', user_query: 'red', user_id: 'dora' },
      { action_name: 'login', user_id: 'dora' },
    );
    const rejected = Buffer.from(JSON.stringify({ ...on('p4'), timestamp: 'never' }));
    await shop.intake.record(rejected, { trusted: true, identity: {} });
    const { events } = (await get(`/events/feed?after=${after}`).expect(200)).body;
    const told = events.map(
      (each: { title?: string; warnings?: { message: string }[] }) =>
        each.title ?? each.warnings?.map(({ message }) => message.split(':')[0]).join() ?? null,
    );
    const unknown = 'no catalog has this product';
    expect(told).toEqual(['Summer shoe 4', unknown, 'Summer shoe 4', unknown, unknown, null, null, null]);
    expect(events.map(({ accepted }: { accepted: boolean }) => accepted)).toEqual([
      ...Array.from({ length: 7 }, () => true),
      false,
    ]);
    expect(events[1].warnings[0].path).toBe('event_attributes.object.object_id');
  });

  test('the latest events of a user come with the titles of their products', async () => {
    const { recent, titles } = (await get('/users/dora').expect(200)).body;
    expect(recent.length).toBeGreaterThan(5);
    expect(titles).toMatchObject({ p4: 'Summer shoe 4' });
    expect(titles).not.toHaveProperty('no-such');
    const ann = (await get('/users/ann').expect(200)).body;
    for (const { value, product } of ann.plan.boosts) if (product) expect(ann.titles).toHaveProperty(value);
  });

  test('the example is of the latest event on a product that the catalog has, and is accepted', async () => {
    await shop.send(on('p9'));
    await shop.send(on('gone'));
    const { product } = (await get('/events/example').expect(200)).body;
    expect(product).toEqual({ object_id: 'p9', title: 'Summer shirt 9' });
    expect((await get('/events/example?catalog=products')).body.product).toEqual(product);
    expect(await get('/events/example?catalog=nope')).toEqual(problem(422, 'invalid-content'));
    const sent = { ...on(product.object_id), user_id: 'kindred-test', timestamp: new Date().toISOString() };
    const receipt = await shop.agent('editor').post('/api/events/test').send(sent).expect(202);
    expect(receipt.body).toEqual({ accepted: 1, rejected: [], warnings: [] });
    const trying = (event: object) => shop.agent('editor').post('/api/events/test').send(event).expect(202);
    const timestamp = new Date().toISOString();
    // The receipt warns as the feed does: of an unknown product, not of an event without one, nor of a rejected one.
    const unknown = (await trying({ ...on('nowhere'), user_id: 'kindred-test', timestamp })).body;
    expect(unknown).toMatchObject({ accepted: 1, rejected: [] });
    expect(unknown.warnings).toEqual([
      {
        path: 'event_attributes.object.object_id',
        message: expect.stringMatching(/^no catalog has this product/),
      },
    ]);
    const searched = { action_name: 'search', user_query: 'shoe', user_id: 'kindred-test', timestamp };
    expect((await trying(searched)).body.warnings).toEqual([]);
    expect((await trying({ ...on('nowhere'), timestamp: 'never' })).body).toMatchObject({
      accepted: 0,
      warnings: [],
    });
  });

  test('without events it is any product; without products, none; without a catalog nothing is unknown', async () => {
    await shop.engine.deleteIndex('ubi_events');
    await shop.engine.createIndex('ubi_events', {
      mappings: { properties: { timestamp: { type: 'date' } } },
    });
    expect((await get('/events/example')).body.product.title).toMatch(/^Summer (shoe|shirt) \d+$/);
    await shop.engine.deleteIndex('products');
    expect((await get('/events/example')).body).toEqual({ product: null });
    const { events } = (await get('/events/feed').expect(200)).body;
    expect(events.length).toBeGreaterThan(5);
    for (const each of events) expect(each).not.toHaveProperty('warnings');
  });
});
