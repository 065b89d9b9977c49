// What the API tells of people: samples, one shopper by source, everything stored of them, and how many there are.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engines } from '../helpers/engines.js';
import { problem } from './admin-shop.js';
import { MODEL, openTrainedShop, type TrainedShop } from './trained-shop.js';

interface ShownPerson {
  readonly user_id: string;
  readonly words: string;
  readonly top: readonly { readonly field: string; readonly value: string; readonly lift: number }[];
}
interface ShownValue {
  readonly value: string;
  readonly lift: number;
  readonly [share: string]: number | string;
}
const click = (object_id: string, who: object) => ({
  action_name: 'click',
  event_attributes: { object: { object_id } },
  ...who,
});

describe.each(engines())('$kind', ({ kind }) => {
  let shop: TrainedShop;
  beforeAll(async () => {
    shop = await openTrainedShop(kind);
    await shop.modelStore.create(MODEL, 'test');
  });
  afterAll(() => shop.close());

  const get = (path: string) => shop.agent().get(`/api${path}`);

  test('before anything is trained there is nobody to show, and the log is summed up all the same', async () => {
    expect((await get('/people').expect(200)).body).toEqual({ people: [] });
    expect(await get('/users/ann')).toEqual(problem(409, 'no-active-model'));
    const reach = (await get('/reach?model=tastes').expect(200)).body;
    expect(reach).toMatchObject({ people: 62, individual: null, group: null, anonymous_share: 0 });
    const { total, byAction, windows, since } = (await get('/events/summary').expect(200)).body;
    expect(total).toBe(240 + 12 + 16);
    expect(byAction).toEqual([
      { action: 'view', counts_as: 'view', events: 176, last: '2026-02-19T00:00:00.000Z' },
      { action: 'purchase', counts_as: 'purchase', events: 92, last: '2026-02-19T00:00:00.000Z' },
    ]);
    expect(since).toBe('2026-01-01T00:00:00.000Z');
    const counted = Object.fromEntries(
      windows.map((window: { timeDecay: string; events: number }) => [window.timeDecay, window.events]),
    );
    expect(Object.keys(counted)).toEqual(['7d', '14d', '30d', '60d', '90d', '180d', '365d', 'all']);
    expect([counted['60d'], counted.all]).toEqual([total, total]);
    expect(counted['7d']).toBeGreaterThan(0);
    expect(counted['7d']).toBeLessThan(counted['30d']);
    expect(counted['30d']).toBeLessThan(total);
  });

  test('the sample has different tastes, in words; by id come those whose id begins so', async () => {
    await shop.activate('tastes');
    const { people } = (await get('/people?limit=4').expect(200)).body;
    expect(people).toHaveLength(4);
    const firsts = people.map(({ top }: ShownPerson) => `${top[0]?.field} ${top[0]?.value}`);
    expect(new Set(firsts).size).toBeGreaterThan(2);
    for (const person of people) expect(person.words).toMatch(/often chooses .+ in |loves (brand|color) /);
    expect((await get('/people?limit=4')).body.people).toEqual(people);
    const byId = (await get('/people?q=U1&limit=20').expect(200)).body.people;
    expect(byId.map(({ user_id }: ShownPerson) => user_id)).toEqual(
      ['u1', ...Array.from({ length: 10 }, (_, n) => `u1${n}`)].sort(),
    );
    const [ann] = (await get('/people?q=ann')).body.people;
    expect(ann).toMatchObject({
      events: 12,
      cohort: 'age=45-54',
      words: expect.stringContaining('often chooses brand Velda in '),
      top: expect.arrayContaining([expect.objectContaining({ field: 'brand', value: 'Velda' })]),
    });
    expect((await get(`/people?q=${encodeURIComponent('*')}`)).body.people).toEqual([]);
    expect(await get('/people?limit=51')).toEqual(problem(422, 'invalid-content'));
  });

  test('a shopper by source, in all products and in a category, with what a search would be boosted by', async () => {
    await shop.send(click('p4', { user_id: 'ann', session_id: 's1' }));
    const { body } = await get('/users/ann?category=shoes').expect(200);
    expect(body).toMatchObject({ user_id: 'ann', model: 'tastes', version: 1, profile: { events: 12 } });
    expect([...body.categories].sort()).toEqual(['shirts', 'shoes']);
    expect(body.recent[0]).toMatchObject({ action_name: 'click', session_id: 's1' });
    expect(body.recent).toHaveLength(13);
    const at = (category: string | null, field: string): ShownValue[] =>
      body.affinities.find(
        (each: { category: string | null; field: string }) =>
          each.category === category && each.field === field,
      ).values;
    const velda = at(null, 'brand').find(({ value }) => value === 'Velda');
    expect(velda).toMatchObject({ individual: 1, session: 0 });
    expect(velda?.lift).toBeGreaterThan(1);
    expect(velda?.population).toBeGreaterThan(0);
    expect(velda?.population).toBeLessThan(1);
    expect(at('shoes', 'brand').map(({ value }) => value)).toContain('Velda');
    const plan = body.plan.boosts.find(({ value }: { value: string }) => value === 'Velda');
    const inCategory = at('shoes', 'brand').find(({ value }) => value === 'Velda');
    // e = .6, λ = 1.2, and far from the cap.
    expect(plan.factor).toBeCloseTo((inCategory?.lift ?? 0) ** (0.6 * 1.2), 6);
    expect(body.plan).toMatchObject({ category: 'shoes', profiles: ['individual'] });
    expect(await get('/users/nobody')).toEqual(problem(404, 'profile-not-found'));
  });

  test('somebody who is new has no profile, and shows by what they just did', async () => {
    await shop.send(click('p6', { user_id: 'newcomer' }));
    const { body } = await get('/users/newcomer').expect(200);
    expect(body).toMatchObject({ profile: null, categories: [], plan: { profiles: ['session'] } });
    expect(body.affinities.map(({ values }: { values: ShownValue[] }) => values[0]?.session)).toEqual([1, 1]);
  });

  test('an export has everything, and visits that turned out to be theirs; only admins get it', async () => {
    await shop.send(
      click('p8', { session_id: 'visit', client_id: 'phone' }),
      click('p10', { client_id: 'phone' }),
      click('p12', { session_id: 'another' }),
    );
    await shop.identify({ user_id: 'ann', session_id: 'visit', client_id: 'phone' });
    await shop.engine.refresh('ubi_events');
    const answer = await shop.agent('admin').get('/api/users/ann/export').expect(200);
    expect(answer.headers['content-disposition']).toBe('attachment; filename=person.json');
    const { events, profiles, session, customer } = answer.body;
    const objects = events.map(
      (event: { event_attributes?: { object?: { object_id?: string } } }) =>
        event.event_attributes?.object?.object_id,
    );
    expect(objects).toEqual(expect.arrayContaining(['p4', 'p8', 'p10']));
    expect(objects).not.toContain('p12');
    expect(events).toHaveLength(12 + 1 + 2 + 1);
    expect(profiles).toEqual([
      { index: 'kindred-profiles-tastes-1', profile: expect.objectContaining({ key: 'ann', events: 12 }) },
    ]);
    expect(session.map(({ product }: { product: { objectId: string } }) => product.objectId)).toEqual([
      'p8',
      'p10',
    ]);
    expect(customer).toEqual([{ user_id: 'ann', age: '45-54' }]);
    for (const role of ['viewer', 'editor'] as const)
      expect(await shop.agent(role).get('/api/users/ann/export')).toEqual(problem(403, 'role-needed'));
    const [entry] = (await get('/audit?limit=1')).body.entries;
    expect(entry).toMatchObject({
      action: 'export',
      resource: expect.stringMatching(/^users\/[0-9a-f]{16}$/),
    });
  });

  test('reach counts histories, cohorts, visits and what is nobody’s', async () => {
    const reach = (await get('/reach?model=tastes').expect(200)).body;
    expect(reach).toMatchObject({ people: 63, individual: 62, group: 62 });
    expect(reach.session.active_visits).toBeGreaterThanOrEqual(3);
    expect(reach.anonymous_share).toBeGreaterThan(0);
    expect(reach.anonymous_share).toBeLessThan(0.1);
    expect(await get('/reach')).toEqual(problem(422, 'invalid-content'));
    expect(await get('/reach?model=nope')).toEqual(problem(404, 'model-not-found'));
  });

  test('the sample is kept, but not who was erased meanwhile', async () => {
    const sample = async () => (await get('/people?limit=4').expect(200)).body.people as ShownPerson[];
    const before = await sample();
    const [first, ...others] = before;
    const erased = `/api/users/${first?.user_id}`;
    await shop.agent('admin').delete(erased).set('If-Match', '*').expect(202);
    expect(await sample()).toEqual(others);
  });
});
