// The admin API at work: settings, models, training, activation, and what people look at.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { WORSE } from '../models/support/fake-trainer.js';
import { SUMMER } from '../models/support/shop.js';
import { type Admin, openAdmin, problem } from './admin-shop.js';

let admin: Admin;
beforeAll(async () => {
  admin = await openAdmin();
});
afterEach(() => admin.shop.reset());
afterAll(() => admin.close());

const post = (path: string, body?: object) => admin.agent.post(`/api${path}`).send(body);
const get = (path: string) => admin.agent.get(`/api${path}`);
const put = (path: string, etag: string, body: object) =>
  admin.agent.put(`/api${path}`).set('If-Match', etag).send(body);
const remove = (path: string, etag: string) => admin.agent.delete(`/api${path}`).set('If-Match', etag);

/** Trains and waits for the end. */
async function train(id: string): Promise<void> {
  await post(`/models/${id}/training`).expect(202);
  while ((await get(`/models/${id}/training`)).body.state === 'running')
    await new Promise((r) => setTimeout(r, 20));
}

describe('preconditions', () => {
  test('a change needs the ETag that was read; a stale one changes nothing', async () => {
    const { headers, body } = await get('/settings').expect(200);
    const etag = headers.etag ?? '';
    expect(etag).toMatch(/^"\d+\.\d+"$/);
    const off = { ...body, personalization: { enabled: false } };
    expect(await admin.agent.put('/api/settings').send(off)).toEqual(problem(428, 'precondition-required'));
    const changed = await put('/settings', etag, off).expect(200);
    expect(changed.headers.etag).not.toBe(etag);
    for (const tag of [etag, `W/${changed.headers.etag}`, 'junk'])
      expect(await put('/settings', tag, body)).toEqual(problem(412, 'stale'));
    expect((await get('/settings')).body).toEqual(off);
    await put('/settings', `"0.0", ${changed.headers.etag}`, body).expect(200);
    await put('/settings', '*', body).expect(200);
  });

  test('models alike, for DELETE too', async () => {
    const created = await post('/models', SUMMER).expect(201);
    expect(created.headers.location).toBe('/api/models/summer');
    const etag = created.headers.etag ?? '';
    expect(await admin.agent.put('/api/models/summer').send(SUMMER)).toEqual(
      problem(428, 'precondition-required'),
    );
    expect(await admin.agent.delete('/api/models/summer')).toEqual(problem(428, 'precondition-required'));
    const edited = await put('/models/summer', etag, { ...created.body, impact: 70 }).expect(200);
    expect(edited.body).toMatchObject({ impact: 70, state: 'draft' });
    expect(await put('/models/summer', etag, created.body)).toEqual(problem(412, 'stale'));
    expect(await remove('/models/summer', etag)).toEqual(problem(412, 'stale'));
    await remove('/models/summer', edited.headers.etag ?? '').expect(204);
    expect(await put('/models/summer', '*', SUMMER)).toEqual(problem(404, 'model-not-found'));
  });

  test('of two edits at once with one ETag, one wins', async () => {
    const { headers } = await post('/models', SUMMER).expect(201);
    const edits = [10, 20, 30].map((impact) =>
      put('/models/summer', headers.etag ?? '', { ...SUMMER, impact }),
    );
    expect((await Promise.all(edits)).map(({ status }) => status).sort()).toEqual([200, 412, 412]);
  });
});

describe('models', () => {
  test('content errors name every place, limits and names are conflicts', async () => {
    const wrong = await post('/models', {
      ...SUMMER,
      globalAffinityFields: [{ field: 'brand.keyword', weight: 99 }],
      impact: 200,
    });
    expect(wrong).toEqual(problem(422, 'invalid-content'));
    const paths = wrong.body.errors.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(expect.arrayContaining(['impact']));
    await post('/models', { ...SUMMER, name: 'Base', kind: 'default' }).expect(201);
    await post('/models', SUMMER).expect(201);
    expect(await post('/models', { ...SUMMER, id: 'x', name: 'summer' })).toEqual(problem(409, 'name-taken'));
    await post('/models', { ...SUMMER, name: 'Winter' }).expect(201);
    expect(await post('/models', { ...SUMMER, name: 'Fourth' })).toEqual(problem(409, 'too-many-models'));
    expect((await get('/models')).body.models.map(({ id }: { id: string }) => id)).toEqual([
      'base',
      'summer',
      'winter',
    ]);
    expect(await remove('/models/base', '*')).toEqual(problem(409, 'default-model'));
  });

  test('a preset is a starting point: the rest comes from the default model, what is given wins', async () => {
    const asked = { name: 'New things', preset: 'discovery' };
    const alone = await post('/models', asked);
    expect(alone).toEqual(problem(422, 'invalid-content'));
    expect(alone.body.errors).toMatchObject([
      { path: 'globalAffinityFields', message: 'is required' },
      { path: 'eventWeights', message: 'is required' },
    ]);
    await post('/models', { ...SUMMER, name: 'Base', kind: 'default', timeDecay: '30d' }).expect(201);
    const { presets } = (await get('/presets').expect(200)).body;
    const { settings } = presets.find(({ id }: { id: string }) => id === 'discovery');
    const made = (await post('/models', asked).expect(201)).body;
    expect(made).toMatchObject({ id: 'new_things', kind: 'custom', timeDecay: '30d', ...settings });
    expect(made).toMatchObject({
      globalAffinityFields: SUMMER.globalAffinityFields,
      eventWeights: SUMMER.eventWeights,
    });
    const own = { name: 'Own', preset: 'buy_again', impact: 60, products: { related: 0 } };
    expect((await post('/models', own).expect(201)).body).toMatchObject({
      impact: 60,
      products: { buyAgain: 80, related: 0 },
    });
    for (const preset of ['bargains', 7, null]) {
      const refused = await post('/models', { ...SUMMER, name: 'X', preset });
      expect(refused.body.errors).toEqual([
        { path: 'preset', message: 'must be one of balanced, buy_again, discovery' },
      ]);
    }
    for (const products of [null, [], 'many']) {
      const refused = await post('/models', { name: 'X', preset: 'discovery', products });
      expect(refused.body.errors).toMatchObject([{ path: 'products' }]);
    }
    const edit = await put('/models/own', '*', { ...SUMMER, preset: 'balanced' });
    expect(edit.body.errors).toMatchObject([{ path: 'preset', message: 'is not known here' }]);
  });

  test.each([
    ['get', '/models/nope'],
    ['get', '/models/nope/training'],
    ['post', '/models/nope/training'],
    ['delete', '/models/nope/training'],
    ['post', '/models/nope/save'],
    ['post', '/models/nope/activate'],
    ['get', '/models/nope/versions'],
    ['post', '/models/nope/versions/1/rollback'],
    ['delete', '/models/nope'],
  ] as const)('%s %s: an unknown id is 404', async (method, path) => {
    expect(await admin.agent[method](`/api${path}`).set('If-Match', '*')).toEqual(
      problem(404, 'model-not-found'),
    );
  });
});

describe('life cycle', () => {
  test('from draft to active, each step refused out of order', async () => {
    await post('/models', SUMMER).expect(201);
    expect(await post('/models/summer/save')).toEqual(problem(409, 'not-trained'));
    expect(await post('/models/summer/activate')).toEqual(problem(409, 'not-saved'));
    expect(await get('/users/u1')).toEqual(problem(409, 'no-active-model'));
    await train('summer');
    expect((await post('/models/summer/save').expect(200)).body.state).toBe('saved');
    expect(await post('/models/summer/activate?force=maybe')).toEqual(problem(422, 'invalid-content'));
    expect((await post('/models/summer/activate').expect(200)).body).toMatchObject({
      state: 'active',
      activeVersion: 1,
    });
    expect(await remove('/models/summer', '*')).toEqual(problem(409, 'model-active'));
    const user = await get('/users/u1').expect(200);
    expect(user.body).toMatchObject({ user_id: 'u1', model: 'summer', version: 1, profile: { events: 2 } });
    expect(await get('/users/nobody')).toEqual(problem(404, 'profile-not-found'));
    expect(await post('/models/summer/versions/7/rollback')).toEqual(problem(404, 'version-not-found'));
    expect(await post('/models/summer/versions/x/rollback')).toEqual(problem(404, 'version-not-found'));
  });

  test('a version judged worse is marked, refused, and activated when forced', async () => {
    await post('/models', SUMMER).expect(201);
    admin.shop.trainer.judge(WORSE);
    await train('summer');
    expect((await get('/models/summer/training')).body.quality).toEqual(WORSE);
    expect((await get('/models/summer')).body.quality).toEqual(WORSE);
    const [version] = (await get('/models/summer/versions')).body.versions;
    expect(version.quality).toEqual(WORSE);
    await post('/models/summer/save').expect(200);
    for (const path of ['activate', 'activate?force=false'])
      expect(await post(`/models/summer/${path}`)).toEqual(problem(409, 'quality-worse'));
    const forced = await post('/models/summer/activate?force=true').expect(200);
    expect(forced.body).toMatchObject({ state: 'active', activeVersion: 1, quality: WORSE });
    const [latest] = (await get('/audit?limit=1')).body.entries;
    expect(latest).toMatchObject({ action: 'activate', detail: 'version 1, forced' });
    const edited = await put('/models/summer', forced.headers.etag ?? '', { ...forced.body, impact: 70 });
    expect(edited.body).toMatchObject({ state: 'draft', impact: 70 });
  });

  test('a running training: no second one, its ETag holds while it progresses, and cancelling stops it', async () => {
    await post('/models', SUMMER).expect(201);
    admin.shop.trainer.block();
    const started = await post('/models/summer/training').expect(202);
    expect(started.body).toMatchObject({ state: 'running', version: 1 });
    expect(await post('/models/summer/training')).toEqual(problem(409, 'already-training'));
    expect(await admin.agent.delete('/api/models/summer/training')).toEqual(
      problem(428, 'precondition-required'),
    );
    expect(await remove('/models/summer/training', '"1.1"')).toEqual(problem(412, 'stale'));
    await remove('/models/summer/training', started.headers.etag ?? '').expect(202);
    await admin.shop.lifecycle.close();
    expect((await get('/models/summer/training')).body).toMatchObject({ state: 'cancelled', error: null });
    expect(await remove('/models/summer/training', '*')).toEqual(problem(409, 'not-training'));
  });
});

describe('schedules', () => {
  test('none, made, changed, gone; each change with the ETag that was read', async () => {
    await post('/models', SUMMER).expect(201);
    const none = await get('/models/summer/schedule').expect(200);
    expect(none.body).toEqual({ cron: null, timezone: 'UTC', next: null, lastRun: null });
    const nightly = { cron: '0 3 * * *', timezone: 'Europe/Berlin' };
    expect(await admin.agent.put('/api/models/summer/schedule').send(nightly)).toEqual(
      problem(428, 'precondition-required'),
    );
    const made = await put('/models/summer/schedule', none.headers.etag ?? '', nightly).expect(200);
    expect(made.body).toMatchObject({ ...nightly, lastRun: null });
    expect(Date.parse(made.body.next)).toBeGreaterThan(Date.now());
    expect(await put('/models/summer/schedule', none.headers.etag ?? '', nightly)).toEqual(
      problem(412, 'stale'),
    );
    const weekly = { ...made.body, cron: '0 3 * * MON' };
    const changed = await put('/models/summer/schedule', made.headers.etag ?? '', weekly).expect(200);
    expect((await get('/models/summer')).body.state).toBe('draft');
    expect(await remove('/models/summer/schedule', made.headers.etag ?? '')).toEqual(problem(412, 'stale'));
    await remove('/models/summer/schedule', changed.headers.etag ?? '').expect(204);
    expect((await get('/models/summer/schedule')).body.cron).toBeNull();
    const actions = (await get('/audit?limit=3')).body.entries.map(
      ({ action }: { action: string }) => action,
    );
    expect(actions).toEqual(['unschedule', 'schedule', 'schedule']);
  });

  test('a run of a process that died before or after its training is told as failed, not as running', async () => {
    await post('/models', SUMMER).expect(201);
    await put('/models/summer/schedule', '*', { cron: '0 3 * * *' }).expect(200);
    const claimed = async (startedAt: number) => {
      const { source } = await admin.shop.schedules.get('summer');
      const lastRun = { startedAt: new Date(startedAt).toISOString(), finishedAt: null, outcome: 'running' };
      const record = { ...source, lastRun: { ...lastRun, message: '' } };
      const document = { kind: 'schedule', updated_at: lastRun.startedAt, record };
      await admin.shop.engine.put('kindred-models', 'schedule:summer', document, { refresh: true });
      return (await get('/models/summer/schedule')).body.lastRun;
    };
    expect(await claimed(Date.now())).toMatchObject({ outcome: 'running', finishedAt: null });
    expect(await claimed(Date.now() - 120_000)).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('stopped'),
    });
    await train('summer');
    expect(await claimed(Date.now() - 120_000)).toMatchObject({ outcome: 'running' });
    admin.shop.trainer.block();
    await post('/models/summer/training').expect(202);
    expect(await claimed(Date.now() - 120_000)).toMatchObject({ outcome: 'running' });
  });

  test('what is no schedule is refused with its path, and nothing is saved', async () => {
    await post('/models', SUMMER).expect(201);
    for (const [input, path] of [
      [{ cron: 'nightly' }, 'cron'],
      [{ cron: '* * * * *' }, 'cron'],
      [{ cron: '0 3 * * *', timezone: 'Here' }, 'timezone'],
    ] as const) {
      const refused = await put('/models/summer/schedule', '*', input);
      expect(refused).toEqual(problem(422, 'invalid-content'));
      expect(refused.body.errors).toMatchObject([{ path }]);
    }
    expect((await get('/models/summer/schedule')).body.cron).toBeNull();
    expect(await put('/models/nope/schedule', '*', { cron: '0 3 * * *' })).toEqual(
      problem(404, 'model-not-found'),
    );
  });
});

describe('what people look at', () => {
  test('catalogs: configured ones and their attributes only', async () => {
    expect(await get('/catalogs/ubi_events/fields')).toEqual(problem(404, 'catalog-not-found'));
    expect(await get('/catalogs/products/values?field=blurb')).toEqual(problem(404, 'field-not-found'));
    expect(await get('/catalogs/products/values')).toEqual(problem(422, 'invalid-content'));
    const { body } = await get('/catalogs/products/values?field=color&q=RE').expect(200);
    expect(body.values.map(({ value }: { value: string }) => value).sort()).toEqual(['green', 'red']);
  });

  test('customers: the attributes that groups can be made of, none of their ids', async () => {
    const { body } = await get('/catalogs/products/customers').expect(200);
    expect(body.fields).toEqual([
      { field: 'age', type: 'keyword', coverage: 1, distinct: 3 },
      { field: 'household', type: 'keyword', coverage: 1, distinct: 2 },
      { field: 'income', type: 'keyword', coverage: 1, distinct: 4 },
    ]);
    expect(await get('/catalogs/ubi_events/customers')).toEqual(problem(404, 'catalog-not-found'));
  });

  test('readiness, recent events newest first, and the audit trail', async () => {
    const bare = (await get('/readiness').expect(200)).body;
    expect(bare).toMatchObject({
      ready: false,
      checks: [{ ok: true }, { name: 'model', ok: false }, { ok: true }],
    });
    await post('/models', SUMMER).expect(201);
    expect((await get('/readiness?model=summer')).body.ready).toBe(true);
    expect(await get('/readiness?model=nope')).toEqual(problem(404, 'model-not-found'));
    const events = (await get('/events/recent?limit=2').expect(200)).body.events;
    expect(events.map(({ action_name }: { action_name: string }) => action_name)).toEqual([
      'rented',
      'remove_from_cart',
    ]);
    expect(await get('/events/recent?limit=501')).toEqual(problem(422, 'invalid-content'));
    const [latest] = (await get('/audit?limit=1')).body.entries;
    expect(latest).toMatchObject({ action: 'create', resource: 'models/summer' });
  });
});
