// The proxy listener beside searches: who may send events, how large, and what is not served.
import { describe, expect, jest, test } from '@jest/globals';
import request from 'supertest';
import type { EngineKind } from '../../../src/core/engine-kind.js';
import type { EventIntake } from '../../../src/events/event-intake.js';
import type { IdentifyVisitor } from '../../../src/events/identify.js';
import { createProxyApp } from '../../../src/http/proxy/proxy-app.js';

const record = jest.fn<EventIntake['record']>();
const recordEvents = jest.fn<EventIntake['recordEvents']>();
const identify = jest.fn<IdentifyVisitor>();

function app(reasons: readonly string[] = [], engine: EngineKind = 'elasticsearch') {
  record.mockReset().mockResolvedValue({ accepted: 1, rejected: [] });
  identify.mockReset().mockResolvedValue(3);
  return request(
    createProxyApp({
      intake: { record, recordEvents },
      identify,
      engine,
      serverKeys: ['server-key'],
      notReady: async () => reasons,
      log: { error: () => {} },
    }),
  );
}

test('events reach the intake as bytes, whatever their content type, with the ids of the headers', async () => {
  const answer = await app()
    .post('/_kindred/events')
    .set({ 'X-Kindred-Key': 'server-key', 'X-Session-Id': 's1', 'Content-Type': 'text/plain' })
    .send('{"a":1}');
  expect([answer.status, answer.body]).toEqual([202, { accepted: 1, rejected: [] }]);
  expect(record).toHaveBeenCalledWith(Buffer.from('{"a":1}'), {
    trusted: true,
    identity: { sessionId: 's1' },
  });
});

test.each([
  ['no key', {}, 'with a server key in the header X-Kindred-Key'],
  ['a wrong key', { 'X-Kindred-Key': 'guessed-key' }, 'no server key of this proxy'],
])('%s is refused before the body counts', async (_, headers, detail) => {
  const answer = await app().post('/ubi_events').set(headers).send(' '.repeat(3_000_000));
  expect(answer.status).toBe(401);
  expect(answer.body.detail).toContain(detail);
  expect(record).not.toHaveBeenCalled();
  const claim = await app().post('/_kindred/identify').set(headers).send({ user_id: 'u', session_id: 's' });
  expect([claim.status, claim.body.detail]).toEqual([401, answer.body.detail]);
  expect(identify).not.toHaveBeenCalled();
});

describe('identify', () => {
  const post = (body: string | object) =>
    app().post('/_kindred/identify').set({ 'X-Kindred-Key': 'server-key' }).send(body);

  test('answers with what was joined', async () => {
    const answer = await post({ user_id: 'ann', client_id: 'device' });
    expect([answer.status, answer.body]).toEqual([202, { user_id: 'ann', client_id: 'device', joined: 3 }]);
    expect(identify).toHaveBeenCalledWith({ user_id: 'ann', client_id: 'device' });
    expect((await app().get('/_kindred/identify')).headers.allow).toBe('POST');
  });

  test.each([
    ['nobody', { session_id: 's' }, 'user_id', 'is required'],
    ['no visit', { user_id: 'u' }, 'session_id', 'is required, or client_id'],
    ['an empty id', { user_id: '', session_id: 's' }, 'user_id', 'must not be empty'],
    ['a long id', { user_id: 'u', session_id: 's'.repeat(101) }, 'session_id', 'at most 100'],
    ['NUL', { user_id: 'u', client_id: 'a\0' }, 'client_id', 'NUL'],
    ['a number', { user_id: 7, session_id: 's' }, 'user_id', 'expected string'],
    ['more', { user_id: 'u', session_id: 's', admin: true }, 'admin', 'is not known here'],
    ['a list', [], '', 'expected object'],
  ])('%s is refused with its place', async (_, body, path, message) => {
    const answer = await post(body);
    expect(answer.body).toMatchObject({ status: 422, code: 'invalid-content' });
    expect(answer.body.errors).toEqual([{ path, message: expect.stringContaining(message) }]);
    expect(identify).not.toHaveBeenCalled();
  });

  test('what is not JSON is malformed', async () => {
    for (const body of ['', '{"user_id":'])
      expect((await post(body)).body).toMatchObject({ status: 400, code: 'malformed-json' });
  });
});

test('a body over 2 MB is refused with its limit', async () => {
  const answer = await app()
    .post('/_kindred/events')
    .set({ 'X-Kindred-Key': 'server-key', 'Content-Type': 'application/json' })
    .send(' '.repeat(2 * 1024 * 1024 + 1));
  expect(answer.body).toMatchObject({
    status: 413,
    code: 'too-large',
    detail: 'the body is larger than 2 MB',
  });
});

test('readiness says what is missing', async () => {
  expect((await app().get('/readyz')).status).toBe(200);
  const answer = await app(['no model is active']).get('/readyz');
  expect([answer.status, answer.body.reasons]).toEqual([503, ['no model is active']]);
});

describe('a client that asks for the nodes of the cluster', () => {
  const nodes = async (headers: Record<string, string>) =>
    Object.values((await app().get('/_nodes/_all/http').set(headers)).body.nodes);

  test.each([
    ['search.shop.test:9280', {}, 'search.shop.test:9280'],
    ['search.shop.test', {}, 'search.shop.test:80'],
    ['search.shop.test', { 'X-Forwarded-Proto': 'https' }, 'search.shop.test:443'],
    ['[::1]', {}, '[::1]:80'],
  ])('at %s with %j stays at %s', async (host, headers, publish_address) => {
    expect(await nodes({ host, ...headers })).toEqual([
      { name: 'kindred', roles: ['data', 'ingest'], http: { publish_address } },
    ]);
  });
});

test('Elasticsearch’s clients find its name in what is answered here', async () => {
  const answer = await app().post('/_kindred/events').set({ 'X-Kindred-Key': 'server-key' }).send({});
  expect(answer.headers['x-elastic-product']).toBe('Elasticsearch');
});

test('anything else is 404, another method 405', async () => {
  expect((await app().get('/_kindred/nothing')).body).toMatchObject({ status: 404, code: 'not-found' });
  expect((await app().get('/_kindred/events')).headers.allow).toBe('POST, PUT');
});

test.each<[EngineKind, string | undefined]>([
  ['elasticsearch', 'Elasticsearch'],
  ['opensearch', undefined],
])('to clients of %s, in its own shape', async (engine, product) => {
  for (const path of ['/_nodes', '/_nodes/stats', '/products', '/_cluster/health']) {
    const answer = await app([], engine).get(path);
    const cause = { type: 'not_served', reason: expect.any(String) };
    expect(answer.body).toEqual({ error: { ...cause, root_cause: [cause] }, status: 404 });
    expect(answer.headers['x-elastic-product']).toBe(product);
  }
});
