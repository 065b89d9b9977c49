// Sessions that another process holds: what every session store does, and what happens when that process is silent.
import { MessageChannel } from 'node:worker_threads';
import { describe, expect, test } from '@jest/globals';
import { type CallHandlers, type Channel, createCaller, handleCalls } from '../../src/sessions/ipc-calls.js';
import {
  createRemoteSessionStore,
  createSessionHandlers,
  type SessionHandlers,
} from '../../src/sessions/remote-stores.js';
import { pause, until } from '../helpers/eventually.js';
import { event, sessionStoreContract, times } from './session-store.contract.js';

/** Long enough for a busy machine to answer in. */
const TIMEOUT_MS = 400;

/** Two ends between which messages are cloned, as between processes; the one who answers can be frozen. */
function connected() {
  const { port1, port2 } = new MessageChannel();
  const sent: unknown[] = [];
  let held: (() => void)[] | null = null;
  const here: Channel = {
    send(message) {
      sent.push(message);
      port1.postMessage(message);
    },
    receive: (listener) => void port1.on('message', listener),
  };
  const there: Channel = {
    send: (message) => port2.postMessage(message),
    receive: (listener) =>
      void port2.on('message', (message) => (held ? held.push(() => listener(message)) : listener(message))),
  };
  return {
    here,
    there,
    sent,
    freeze() {
      held = [];
    },
    thaw() {
      for (const deliver of held ?? []) deliver();
      held = null;
    },
    close: () => port1.close(),
  };
}

function caller<H extends CallHandlers = Record<string, (...args: number[]) => unknown>>(
  channel: Channel,
  timeoutMs?: number,
) {
  const told: string[] = [];
  const onDown = () => void told.push('down');
  const onUp = () => void told.push('up');
  return { told, call: createCaller<H>(channel, { onDown, onUp, timeoutMs }) };
}

describe('sessions of another process', () => {
  sessionStoreContract(async (ttlMs) => {
    const handlers = createSessionHandlers({ maxBytes: 10_000_000, ttlMs });
    const [first, second] = [connected(), connected()];
    for (const { there } of [first, second]) handleCalls(there, handlers);
    const store = ({ here }: typeof first) => createRemoteSessionStore(caller<SessionHandlers>(here).call);
    return {
      stores: [store(first), store(second)],
      close: async () => {
        first.close();
        second.close();
      },
    };
  });

  test('make room like sessions in this process', async () => {
    const { here, there, close } = connected();
    handleCalls(there, createSessionHandlers({ maxBytes: 5_000 }));
    const store = createRemoteSessionStore(caller<SessionHandlers>(here).call);
    for (let at = 0; at < 50; at += 1) await store.append({ sessionId: `${at}` }, [event(1)]);
    expect(await store.read({ sessionId: '0' })).toEqual([]);
    expect(times(await store.read({ sessionId: '49' }))).toEqual([1]);
    close();
  });
});

describe('calls to another process', () => {
  test('those of one turn travel as one message, and each gets its own answer', async () => {
    const { here, there, sent, close } = connected();
    handleCalls(there, {
      double: (n: number) => 2 * n,
      later: async (n: number) => pause(5).then(() => new Map([[n, 'x']])),
      fail: () => {
        throw new Error('no');
      },
    });
    const { call } = caller(here);
    const calls = [call('double', 4), call('fail'), call('later', 7), call('unheard of')];
    expect(await Promise.allSettled(calls)).toEqual([
      { status: 'fulfilled', value: 8 },
      { status: 'rejected', reason: expect.objectContaining({ code: 'sessions-unavailable' }) },
      { status: 'fulfilled', value: new Map([[7, 'x']]) },
      { status: 'rejected', reason: expect.objectContaining({ code: 'sessions-unavailable' }) },
    ]);
    expect(sent.length).toBe(1);
    close();
  });

  test('a process that is silent is told once, gets nothing more until it answers, and then goes on', async () => {
    const { here, there, sent, freeze, thaw, close } = connected();
    handleCalls(there, { double: (n: number) => 2 * n });
    const { call, told } = caller(here, TIMEOUT_MS);
    expect(await call('double', 1)).toBe(2);
    freeze();
    for (let round = 0; round < 5; round += 1) {
      const begun = performance.now();
      await expect(call('double', 2)).rejects.toMatchObject({ code: 'sessions-unavailable' });
      expect(performance.now() - begun).toBeGreaterThan(0.9 * TIMEOUT_MS);
    }
    expect([sent.length, told]).toEqual([2, ['down']]);
    thaw();
    await until(() => told.includes('up'));
    expect(await call('double', 3)).toBe(6);
    expect([sent.length, told]).toEqual([3, ['down', 'up']]);
    close();
  });
});
