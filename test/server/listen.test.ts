// Listeners: what their connections promise to those in front.
import { Agent, type IncomingMessage, type RequestListener, request } from 'node:http';
import { expect, test } from '@jest/globals';
import { listen } from '../../src/server/listen.js';
import { pause } from '../helpers/eventually.js';

const CALLERS = 30;
const open = (handler: RequestListener) => listen(handler, { host: '127.0.0.1', port: 0 }, 'PORT');

/** Over kept connections, one request at a time on each. */
function ask(url: string, agent: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent }, (answer) => answer.resume().once('end', () => resolve(answer)));
    asked.once('error', reject).end();
  });
}

test('an idle connection is kept longer than load balancers keep theirs', async () => {
  const listener = await open((_request, response) => void response.end('ok'));
  const answer = await fetch(listener.url);
  expect(await answer.text()).toBe('ok');
  expect(answer.headers.get('keep-alive')).toBe('timeout=75');
  await listener.close();
});

test('a connection ends after so many requests, in order', async () => {
  const listener = await listen(
    (_request, response) => void response.end('ok'),
    { host: '127.0.0.1', port: 0 },
    'PORT',
    { requestsPerConnection: 3 },
  );
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const said = [];
  for (let at = 0; at < 7; at += 1) said.push((await ask(listener.url, agent)).headers.connection);
  const [kept, last] = ['keep-alive', 'close'];
  expect(said).toEqual([kept, kept, last, kept, kept, last, kept]);
  agent.destroy();
  await listener.close();
});

test('closing under load answers everybody who is connected, and tells callers that the connection ends', async () => {
  const listener = await open((_request, response) => void setTimeout(() => response.end('ok'), 2));
  const connected = new Set<Agent>();
  let answers = 0;
  let closing = false;
  let closed: Promise<void> | undefined;
  const last = await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (;;) {
        try {
          const answer = await ask(listener.url, agent);
          if (answer.headers.connection === 'close') return 'told';
        } catch (error) {
          return error;
        }
        answers += 1;
        // A connection that nobody has accepted yet ends with the listener.
        if (!closing && connected.add(agent).size === CALLERS && answers > 10 * CALLERS) {
          closing = true;
          closed = listener.close();
        }
      }
    }),
  );
  expect(new Set(last)).toEqual(new Set(['told']));
  await closed;
  await expect(fetch(listener.url)).rejects.toThrow();
});

test('closing waits for what is under way, and not for idle connections', async () => {
  let finish = () => {};
  let arrived = () => {};
  const underWay = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const listener = await open((_request, response) => {
    finish = () => response.end('ok');
    arrived();
  });
  const agent = new Agent({ keepAlive: true });
  const slow = ask(listener.url, agent);
  await underWay;
  let ended = false;
  const closed = listener.close().then(() => {
    ended = true;
  });
  await pause(300);
  expect(ended).toBe(false);
  finish();
  expect((await slow).statusCode).toBe(200);
  // An idle connection would be kept for 75 seconds.
  const begun = performance.now();
  await closed;
  expect(performance.now() - begun).toBeLessThan(60_000);
  agent.destroy();
});
