// The proxy listener beside searches: who may send events, how large, and what is not served.
import { expect, jest, test } from '@jest/globals';
import request from 'supertest';
import type { EventIntake } from '../../src/events/event-intake.js';
import { createProxyApp } from '../../src/http/proxy-app.js';

const record = jest.fn<EventIntake['record']>();

function app(reasons: readonly string[] = []) {
  record.mockReset().mockResolvedValue({ accepted: 1, rejected: [] });
  return request(
    createProxyApp({
      intake: { record },
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
  ['no key', {}, 'send events with a server key'],
  ['a wrong key', { 'X-Kindred-Key': 'guessed-key' }, 'no server key of this proxy'],
])('%s is refused before the body counts', async (_, headers, detail) => {
  const answer = await app().post('/ubi_events').set(headers).send(' '.repeat(3_000_000));
  expect(answer.status).toBe(401);
  expect(answer.body.detail).toContain(detail);
  expect(record).not.toHaveBeenCalled();
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

test('anything else is 404, another method 405', async () => {
  expect((await app().get('/products')).status).toBe(404);
  expect((await app().get('/_kindred/events')).headers.allow).toBe('POST');
});
