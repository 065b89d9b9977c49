// What people watch: events as they arrive, a test event, and the overview of what was searched and trained.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { problem } from './admin-shop.js';
import { MODEL, openTrainedShop, type TrainedShop } from './trained-shop.js';

let shop: TrainedShop;
beforeAll(async () => {
  shop = await openTrainedShop('elasticsearch');
  await shop.modelStore.create(MODEL, 'test');
});
afterAll(() => shop.close());

const get = (path: string) => shop.agent().get(`/api${path}`);
const sent = (action_name: string, object_id: string) => ({
  action_name,
  timestamp: new Date().toISOString(),
  user_id: 'ann',
  event_attributes: { object: { object_id } },
});

test('a test event goes the way of all events; its receipt says what is wrong with one', async () => {
  const trial = (body: unknown) =>
    shop.agent('editor').post('/api/events/test').type('json').send(JSON.stringify(body));
  expect((await trial(sent('view', 'p1')).expect(202)).body).toEqual({
    accepted: 1,
    rejected: [],
    warnings: [],
  });
  const { body } = await trial({ action_name: 'view', user_id: 'ann' }).expect(202);
  expect(body).toMatchObject({ accepted: 0, rejected: [{ index: 0 }] });
  expect(body.rejected[0].errors).toEqual([{ path: 'timestamp', message: 'is required' }]);
  await shop.engine.refresh('ubi_events');
  expect((await get('/events/recent?limit=1')).body.events[0]).toMatchObject({ action_name: 'view' });
  for (const wrong of [[sent('view', 'p1')], 'text', null])
    expect(await trial(wrong)).toEqual(problem(422, 'invalid-content'));
  expect(await shop.agent('viewer').post('/api/events/test').send({})).toEqual(problem(403, 'role-needed'));
});

test('the feed tells what arrived, what was refused and why, also of what nobody can read', async () => {
  const { seq } = (await get('/events/feed').expect(200)).body;
  await shop.send(sent('Product Viewed', 'p2'), sent('purchase', 'p3'));
  await shop.intake.record(Buffer.from('{"a":'), { trusted: true, identity: {} }).catch(() => {});
  const { body } = await get(`/events/feed?after=${seq}`).expect(200);
  expect(body.events).toMatchObject([
    { seq: seq + 1, accepted: true, event: { action_name: 'Product Viewed', user_id: 'ann' } },
    { seq: seq + 2, accepted: true, event: { action_name: 'purchase' } },
    {
      seq: seq + 3,
      accepted: false,
      event: null,
      errors: [{ path: '', message: expect.stringContaining('JSON') }],
    },
  ]);
  const rates = Object.fromEntries(
    body.rates.map((rate: { action: string; perMinute: number[] }) => [
      rate.action,
      rate.perMinute.reduce((sum, events) => sum + events, 0),
    ]),
  );
  expect(rates).toMatchObject({ view: 1, 'Product Viewed': 1, purchase: 1 });
  expect((await get(`/events/feed?after=${body.seq}`)).body.events).toEqual([]);
  expect(await get('/events/feed?limit=0')).toEqual(problem(422, 'invalid-content'));
  await shop.agent('admin').delete('/api/users/ann').set('If-Match', '*').expect(202);
  const left = (await get('/events/feed')).body.events;
  expect(left.length).toBeGreaterThan(0);
  expect(JSON.stringify(left)).not.toContain('"ann"');
});

test('the overview counts searches as they end, and knows how trainings went; Prometheus is told too', async () => {
  await shop.activate('tastes');
  const body = { query: { match: { title: 'summer' } } };
  await shop.ask(body, { 'x-user-id': 'bob' }).expect(200);
  await shop.ask(body, { 'x-user-id': 'stranger' }).expect(200);
  await shop.ask(body, {}).expect(200);
  // Previews are nobody's searches.
  const previewed = { who: { user_id: 'bob' }, variants: [{ model: 'tastes' }] };
  await shop.agent().post('/api/preview').send(previewed).expect(200);
  const { minutes, cache, coverage, lookups, events, trainings } = (await get('/overview').expect(200)).body;
  const sum = (pick: (minute: { searches: number; applied: number }) => number) =>
    minutes.map(pick).reduce((total: number, count: number) => total + count, 0);
  expect([sum(({ searches }) => searches), sum(({ applied }) => applied)]).toEqual([3, 1]);
  expect(minutes.some(({ p50, p95 }: { p50: number; p95: number }) => p50 > 0 && p95 >= p50)).toBe(true);
  expect(coverage).toEqual({ known: 1, searches: 2 });
  expect(lookups).toEqual({ searches: 2, late: 0, first: { searches: 2, late: 0 } });
  expect(cache.misses).toBeGreaterThan(0);
  expect(events).toEqual({ accepted: 3, rejected: 2 });
  expect(trainings).toEqual([
    expect.objectContaining({ model: 'tastes', version: 1, people: 61, verdict: expect.any(String) }),
  ]);
  expect(trainings[0].seconds).toBeGreaterThan(0);
  const { text } = await supertest(shop.app)
    .get('/metrics')
    .expect(200)
    .expect('content-type', /^text\/plain/);
  expect(text).toContain('kindred_searches_total{outcome="applied",reason=""} 1');
  expect(text).not.toContain('bob');
});
