// How the admin listener speaks: keys, bodies, methods, problems, headers; what is public on it.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { ROLES } from '../../src/contract/admin-session.js';
import { roleOf } from '../../src/http/admin/admin-route.js';
import { DEFAULT_SETTINGS } from '../../src/models/store/settings-store.js';
import { type Admin, KEYS, openAdmin, problem } from './admin-shop.js';

let admin: Admin;
beforeAll(async () => {
  admin = await openAdmin();
});
afterAll(() => admin.close());

describe('keys', () => {
  test.each([[undefined], [''], ['adm_test_ke'], ['adm_test_key2']])(
    '%j gets 401 everywhere',
    async (key) => {
      for (const { method, path } of admin.routes) {
        const request = supertest(admin.app)[method](`/api${path}`);
        if (key !== undefined) request.set('X-Kindred-Key', key);
        expect(await request).toEqual(problem(401, 'unauthorized'));
      }
      expect((await supertest(admin.app).get('/api/nothing')).status).toBe(401);
    },
  );

  test('a role is refused what is above it, whatever the request, and told what it takes', async () => {
    const above = { viewer: ['editor', 'admin'], editor: ['admin'], admin: [] as string[] };
    const [viewer = ''] = KEYS.viewer;
    for (const operation of admin.routes) {
      const needed = roleOf(operation);
      for (const role of ROLES.filter((each) => above[each].includes(needed))) {
        const request = supertest(admin.app)[operation.method](`/api${operation.path}`);
        const answer = await request.set('X-Kindred-Key', KEYS[role][0] ?? '');
        expect([operation.path, answer]).toEqual([operation.path, problem(403, 'role-needed')]);
        expect(answer.body.detail).toBe(`this needs an ${needed} key; yours is a key of the role ${role}`);
      }
    }
    const looking = supertest.agent(admin.app).set('X-Kindred-Key', viewer);
    await looking.get('/api/settings').expect(200);
    expect((await looking.get('/api/session').expect(200)).body).toMatchObject({
      role: 'viewer',
      actor: expect.stringMatching(/^[0-9a-f]{8}$/),
      engine: { kind: 'elasticsearch', version: admin.shop.engine.version },
      catalogs: [{ index: 'products', titleField: 'title', imageField: 'image' }],
      warnings: ['beware'],
      proxyUrl: 'http://127.0.0.1:9281',
    });
    const [editor = ''] = KEYS.editor;
    await supertest(admin.app)
      .put('/api/settings')
      .set({ 'X-Kindred-Key': editor, 'If-Match': '*' })
      .send(DEFAULT_SETTINGS)
      .expect(200);
  });

  test('without configured keys nobody gets in', async () => {
    const closed = admin.appOf({ keys: { admin: [], editor: [], viewer: [] } });
    expect((await supertest(closed).get('/api/settings').set('X-Kindred-Key', '')).status).toBe(401);
  });

  test('the audit trail knows the key by a hash', async () => {
    await admin.agent.put('/api/settings').set('If-Match', '*').send(DEFAULT_SETTINGS).expect(200);
    const { body } = await admin.agent.get('/api/audit?limit=1').expect(200);
    expect(body.entries).toEqual([
      expect.objectContaining({
        resource: 'settings/products',
        actor: expect.stringMatching(/^[0-9a-f]{8}$/),
      }),
    ]);
  });
});

describe('bodies', () => {
  const put = (type: string, body: string | Buffer) =>
    admin.agent.put('/api/settings').set('If-Match', '*').set('Content-Type', type).send(body);

  test('malformed JSON is 400, wrong content 422, another type 415, too much 413', async () => {
    expect(await put('application/json', '{"a":')).toEqual(problem(400, 'malformed-json'));
    expect(await put('application/json', '7')).toEqual(problem(422, 'invalid-content'));
    expect(await put('application/json', '{}')).toEqual(problem(422, 'invalid-content'));
    expect(await put('text/plain', '{}')).toEqual(problem(415, 'unsupported-media-type'));
    expect(await put('application/x-www-form-urlencoded', 'a=1')).toEqual(
      problem(415, 'unsupported-media-type'),
    );
    expect(await put('application/json; charset=koi8-r', '{}')).toEqual(
      problem(415, 'unsupported-media-type'),
    );
    const large = JSON.stringify({ name: 'x'.repeat(1_100_000) });
    expect(await put('application/json', large)).toEqual(problem(413, 'too-large'));
    expect(await admin.agent.put('/api/settings').set('If-Match', '*')).toEqual(
      problem(422, 'invalid-content'),
    );
  });

  test('prototype keys are refused, not taken', async () => {
    const body = JSON.stringify(DEFAULT_SETTINGS).replace('{', '{"__proto__":{"isAdmin":true},');
    const answer = await put('application/json', body);
    expect(answer).toEqual(problem(422, 'invalid-content'));
    expect(answer.body.errors).toEqual([{ path: '__proto__', message: 'is not known here' }]);
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  });
});

describe('paths and methods', () => {
  test('unknown paths are 404, also with another case or a trailing slash', async () => {
    for (const path of ['/api/nothing', '/api/Settings', '/api/settings/', '/API/settings'])
      expect(await admin.agent.get(path)).toEqual(problem(404, 'not-found'));
    expect(await admin.agent.get('/api/models/%E0%A4%A')).toEqual(problem(400, 'malformed-request'));
  });

  test('a path refuses the methods it does not have, naming those it has', async () => {
    const answer = await admin.agent.delete('/api/settings');
    expect(answer).toEqual(problem(405, 'method-not-allowed'));
    expect(answer.headers.allow).toBe('HEAD, GET, PUT');
    expect((await admin.agent.post('/healthz')).status).toBe(405);
    expect((await admin.agent.get('/api/models/x/save')).headers.allow).toBe('POST');
  });

  test('HEAD answers like GET without a body', async () => {
    const [head, get] = [await admin.agent.head('/api/settings'), await admin.agent.get('/api/settings')];
    expect([head.status, head.headers.etag, head.text]).toEqual([200, get.headers.etag, undefined]);
  });
});

test('headers say nothing about the software and forbid guessing and caching', async () => {
  const { headers } = await admin.agent.get('/api/settings').set('Origin', 'https://evil.test');
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  expect(headers['x-powered-by']).toBeUndefined();
  expect(headers['access-control-allow-origin']).toBeUndefined();
  const conditional = await admin.agent.get('/api/settings').set('If-None-Match', headers.etag ?? '');
  expect(conditional.status).toBe(200);
});

test('unexpected errors show no internals and are logged', async () => {
  const broken = { ...admin.shop.settingsStore, get: () => Promise.reject(new Error('secret detail')) };
  const log = { error: (details: object) => void admin.logged.push(details) };
  const app = admin.appOf({ routes: admin.routesOf({ ...admin.shop, settingsStore: broken }), log });
  const answer = await supertest(app)
    .get('/api/settings')
    .set('X-Kindred-Key', KEYS.editor[0] ?? '');
  expect(answer).toEqual(problem(500, 'internal-error'));
  expect(answer.text).not.toContain('secret');
  expect(admin.logged).toEqual([expect.objectContaining({ err: expect.any(Error), route: '/settings' })]);
});

test('health, the page of the console and the OpenAPI document need no key', async () => {
  const open = supertest(admin.app);
  expect((await open.get('/healthz').expect(200)).body).toEqual({ status: 'ok' });
  await open.get('/').expect(200).expect('content-type', /html/);
  await open
    .get('/openapi.json')
    .expect(200)
    .expect('content-type', /application\/json/);
});
