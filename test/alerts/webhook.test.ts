// Messages to the webhook: signed, bounded in time and number, tried again, and never told the secret by anybody.
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { exampleAlert } from '../../src/alerts/view-alerts.js';
import { sendToWebhook } from '../../src/alerts/webhook.js';
import { createWebhookQueue } from '../../src/alerts/webhook-queue.js';
import type { AlertMessage } from '../../src/contract/alert.js';
import { eventually } from '../helpers/eventually.js';
import { openReceiver, type Receiver, status } from './receiver.js';

const MESSAGE: AlertMessage = {
  type: 'alert',
  sentAt: '2026-03-04T14:30:00.000Z',
  kindred: '1.2.3',
  alert: exampleAlert(0),
};
const SECRET = 'hidden-secret-of-the-hook';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await openReceiver();
});
afterEach(() => receiver.close());

const send = (url = receiver.url, deadlineMs = 2_000) =>
  sendToWebhook({ url, secret: SECRET }, MESSAGE, { deadlineMs });

test('a message is JSON, signed with the secret over its time and body', async () => {
  expect(await send()).toEqual({ delivered: true, message: 'answered 204', again: false });
  const [{ headers, body } = { headers: {}, body: '' }] = receiver.received;
  expect(JSON.parse(body)).toEqual(MESSAGE);
  expect(headers['content-type']).toBe('application/json');
  expect(headers['x-kindred-timestamp']).toBe(MESSAGE.sentAt);
  const digest = createHmac('sha256', SECRET).update(`${MESSAGE.sentAt}.${body}`).digest('hex');
  expect(headers['x-kindred-signature']).toBe(`sha256=${digest}`);
  expect(JSON.stringify([headers, body])).not.toContain(SECRET);
  await sendToWebhook({ url: receiver.url, secret: null }, MESSAGE);
  expect(receiver.received[1]?.headers).not.toHaveProperty('x-kindred-signature');
});

test.each([
  [200, true, false],
  [400, false, false],
  [404, false, false],
  [410, false, false],
  [408, false, true],
  [429, false, true],
  [500, false, true],
  [503, false, true],
])('an answer of %i: delivered %j, tried again %j', async (code, delivered, again) => {
  receiver.answerWith(status(code));
  expect(await send()).toEqual({ delivered, again, message: `answered ${code}` });
});

test.each([301, 302, 303, 307, 308])('a redirect of %i is not followed', async (code) => {
  const elsewhere = await openReceiver();
  receiver.answerWith(status(code, { location: elsewhere.url }));
  expect(await send()).toMatchObject({ delivered: false, again: false });
  expect(elsewhere.received).toEqual([]);
  await elsewhere.close();
});

describe('a bad receiver', () => {
  test('that never answers costs the deadline', async () => {
    receiver.answerWith(() => {});
    const begun = performance.now();
    expect(await send(receiver.url, 200)).toEqual({
      ...{ delivered: false, again: true, message: 'no answer within 0.2 s' },
    });
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  test.each([
    ['at once', (write: () => void) => write()],
    ['slowly', (write: () => void) => setTimeout(write, 20)],
  ])('that answers without an end, %s, is left', async (_, next) => {
    let closed = false;
    receiver.answerWith((_request, response) => {
      response.on('close', () => {
        closed = true;
      });
      response.writeHead(200);
      const write = () => {
        if (closed) return;
        if (response.write('x'.repeat(65_536))) next(write);
        else response.once('drain', write);
      };
      write();
    });
    expect(await send()).toMatchObject({ delivered: true });
    await eventually(() => expect(closed).toBe(true));
  });

  test('that hangs up, speaks nonsense, is not there or has no name is told in words, without its address', async () => {
    receiver.answerWith((request) => void request.socket.destroy());
    expect(await send()).toMatchObject({ message: 'the connection was closed', again: true });
    receiver.answerWith((request) => void request.socket.end('nonsense\r\n\r\n'));
    expect(await send()).toMatchObject({ delivered: false, again: true });
    const closed = await openReceiver();
    await closed.close();
    for (const [url, message] of [
      [closed.url, 'nothing listens there'],
      ['http://nobody.invalid/hidden-token', /^the host name/],
      [receiver.url.replace('http', 'https'), /./],
    ] as const) {
      const delivery = await send(url, 10_000);
      expect(delivery).toMatchObject({
        delivered: false,
        again: true,
        message: expect.stringMatching(message),
      });
      expect(delivery.message).not.toContain('hidden');
    }
  });
});

describe('the queue', () => {
  const givenUp: string[] = [];
  const open = (pausesMs = [5, 5, 5]) =>
    createWebhookQueue({
      target: { url: receiver.url, secret: SECRET },
      version: '1.2.3',
      onGivenUp: (alert, why) => givenUp.push(`${alert.id}: ${why}`),
      pausesMs,
      deadlineMs: 500,
    });
  const alert = (id: string) => ({ ...exampleAlert(0), id });
  const ids = () => receiver.messages().map((message) => message.alert.id);
  beforeEach(() => void givenUp.splice(0));

  test('tries again until it is taken, and keeps the order', async () => {
    let refused = 0;
    receiver.answerWith((request, response) => {
      refused += 1;
      status(refused <= 2 ? 503 : 200)(request, response);
    });
    const queue = open();
    const settled: string[] = [];
    for (const id of ['a', 'b']) expect(queue.offer(alert(id), () => settled.push(id))).toBe(true);
    await eventually(() => expect(settled).toEqual(['a', 'b']));
    expect(ids()).toEqual(['a', 'a', 'a', 'b']);
    expect(queue.last()).toMatchObject({ delivered: true, message: 'answered 200' });
    expect(givenUp).toEqual([]);
    await queue.close();
  });

  test('gives up after the last pause, or at once where no later try would do better', async () => {
    receiver.answerWith(status(500));
    const queue = open();
    let settled = 0;
    queue.offer(alert('a'), () => (settled += 1));
    await eventually(() => expect(settled).toBe(1));
    receiver.answerWith(status(404));
    queue.offer(alert('b'), () => (settled += 1));
    await eventually(() => expect(settled).toBe(2));
    expect(ids()).toEqual(['a', 'a', 'a', 'a', 'b']);
    expect(givenUp).toEqual(['a: answered 500', 'b: answered 404']);
    await queue.close();
  });

  test('holds a hundred, and ends at once', async () => {
    receiver.answerWith(() => {});
    const queue = open([60_000]);
    const settled: number[] = [];
    const taken = Array.from({ length: 150 }, (_, n) => queue.offer(alert(`${n}`), () => settled.push(n)));
    expect(taken.filter(Boolean)).toHaveLength(100);
    await eventually(() => expect(receiver.received.length).toBeGreaterThan(0));
    const begun = performance.now();
    await queue.close();
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(settled).toEqual([]);
    expect(queue.offer(alert('late'), () => {})).toBe(false);
  });

  test('a message to try it goes past those that wait, once', async () => {
    receiver.answerWith(status(503));
    const queue = open([60_000]);
    queue.offer(alert('a'), () => {});
    await eventually(() => expect(receiver.received).toHaveLength(1));
    expect(await queue.test(alert('try'))).toEqual({ delivered: false, message: 'answered 503' });
    expect(receiver.messages().map(({ type }) => type)).toEqual(['alert', 'test']);
    await queue.close();
  });
});
