// Answers that break off, stall or are larger than the caller takes: forced on an upstream that does as told.
import { EventEmitter, once } from 'node:events';
import { get, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { createUpstream, type Upstream } from '../../src/engine/upstream.js';
import { pause } from '../helpers/eventually.js';
import { proxyOnStub, TRUSTED } from './support/proxy-on-stub.js';
import { rawRequest, rawSocket } from './support/raw-socket.js';

const stub = proxyOnStub();
const upstreams: Upstream[] = [];
afterEach(async () => {
  for (const upstream of upstreams.splice(0)) await upstream.close();
});

const SEARCH = rawRequest('POST', '/products/_search', TRUSTED, '{"size":3}');

/** What the upstream does with its answer is the test's; resolves when the search has arrived there. */
function arrival(): Promise<ServerResponse> {
  return new Promise((resolve) => {
    stub.answerWith = (_seen, response) => void resolve(response);
  });
}
const impatient = () => {
  const upstream = createUpstream({ url: stub.url() }, { timeoutMs: 1_000 });
  upstreams.push(upstream);
  return { upstream };
};

test.each([false, true])('a caller that goes away is gone for the engine too; midway: %s', async (midway) => {
  const arrived = arrival();
  const socket = await rawSocket(await stub.listen());
  await socket.write(SEARCH);
  const answer = await arrived;
  if (midway) {
    answer.write('{"hits":');
    await socket.read('{"hits":');
  }
  const closed = once(answer, 'close');
  socket.destroy();
  await closed;
  expect(answer.writableFinished).toBe(false);
  expect(stub.logged).toEqual([]);
});

test('so is one that left before the engine was asked', async () => {
  const arrived = arrival();
  const steps = new EventEmitter();
  const port = await stub.listen({
    async readProfiles() {
      steps.emit('profiles');
      await pause(50);
      return [];
    },
  });
  const asked = once(steps, 'profiles');
  const socket = await rawSocket(port);
  await socket.write(SEARCH);
  await asked;
  socket.destroy();
  const first = await Promise.race([arrived, pause(500)]);
  if (first && !first.closed) await once(first, 'close');
  expect(stub.logged).toEqual([]);
});

test('so are searches that wait on its connection behind another', async () => {
  const COUNT = 30;
  const warned: Error[] = [];
  const warn = (warning: Error) => void warned.push(warning);
  process.on('warning', warn);
  const waiting: ServerResponse[] = [];
  const steps = new EventEmitter();
  stub.answerWith = (_seen, response) => {
    if (waiting.push(response) === COUNT) steps.emit('all');
    return undefined;
  };
  const arrived = once(steps, 'all');
  const socket = await rawSocket(await stub.listen());
  await socket.write(Buffer.concat(Array<Buffer>(COUNT).fill(SEARCH)));
  await arrived;
  const closed = waiting.map((answer) => once(answer, 'close'));
  for (const answer of waiting.slice(1)) answer.writeHead(200, { 'content-length': '1000000' }).write('{');
  socket.destroy();
  await Promise.all(closed);
  expect(stub.logged).toEqual([]);
  process.off('warning', warn);
  expect(warned).toEqual([]);
});

test.each([{ 'content-length': '100' }, { 'transfer-encoding': 'chunked' }])(
  'an answer that breaks off, %j, never looks complete',
  async (headers) => {
    const arrived = arrival();
    const socket = await rawSocket(await stub.listen());
    await socket.write(SEARCH);
    const answer = await arrived;
    answer.writeHead(200, { 'content-type': 'application/json', ...headers });
    answer.write('{"hits":');
    await socket.read('{"hits":');
    answer.destroy();
    const seen = await socket.closed();
    expect(seen).toContain('{"hits":');
    expect(seen).not.toContain('\r\n0\r\n');
    expect(stub.logged).toEqual([
      { err: expect.objectContaining({ code: 'engine-unreachable' }), path: '/products/_search' },
    ]);
  },
);

test('an engine that says nothing is a 504, and the connection lives on', async () => {
  const socket = await rawSocket(await stub.listen(impatient()));
  void arrival();
  await socket.write(SEARCH);
  const answer = await socket.answer();
  expect([answer.status, JSON.parse(answer.body).error.type]).toEqual([504, 'engine_timeout']);
  expect(answer.headers['x-elastic-product']).toBe('Elasticsearch');
  stub.answerWith = () => ({ body: '{}' });
  await socket.write(SEARCH);
  expect((await socket.answer()).status).toBe(200);
  socket.destroy();
});

test('an engine that falls silent midway is cut off', async () => {
  const arrived = arrival();
  const socket = await rawSocket(await stub.listen(impatient()));
  await socket.write(SEARCH);
  (await arrived).writeHead(200, { 'content-length': '100' }).write('{"hits":');
  expect(await socket.closed()).toContain('{"hits":');
});

function search(port: number): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { port, host: '127.0.0.1', path: '/products/_search', headers: TRUSTED };
    get(options, resolve).once('error', reject);
  });
}

test('a caller that reads nothing is cut off, and its connection to the engine is free again', async () => {
  const arrived = arrival();
  const port = await stub.listen(impatient());
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  socket.pause();
  socket.write(SEARCH);
  const answer = await arrived;
  const closed = once(answer, 'close');
  answer.writeHead(200, { 'content-length': '100000000' }).write(Buffer.alloc(100_000_000));
  await closed;
  expect(answer.writableFinished).toBe(false);
  expect(stub.logged).toEqual([]);
  socket.destroy();
});

test.each([200, 404])('an answer of no bytes at all ends, %i', async (status) => {
  stub.answerWith = () => ({ status, body: '', headers: { 'content-length': '0' } });
  const socket = await rawSocket(await stub.listen());
  for (let n = 0; n < 2; n++) {
    await socket.write(SEARCH);
    const answer = await socket.answer();
    expect([answer.status, answer.body]).toEqual([status, '']);
  }
  socket.destroy();
});

test('the first bytes are passed on before the last are there', async () => {
  const arrived = arrival();
  const asked = search(await stub.listen());
  const answer = await arrived;
  answer.write('first ');
  const received = await asked;
  const chunks: string[] = [];
  for await (const chunk of received) {
    chunks.push(String(chunk));
    if (chunks.length === 1) answer.end('last');
  }
  expect(chunks).toEqual(['first ', 'last']);
});

test('a caller who reads slowly slows the engine down; memory does not grow with the answer', async () => {
  const SIZE = 100_000_000;
  const part = Buffer.alloc(1_000_000, 'x');
  const arrived = arrival();
  const asked = search(await stub.listen());
  const answer = await arrived;
  let sent = 0;
  answer.writeHead(200, { 'content-length': String(SIZE) });
  const sending = (async () => {
    for (; sent < SIZE; sent += part.length) if (!answer.write(part)) await once(answer, 'drain');
    answer.end();
  })();
  const received = await asked;
  let held = -1;
  while (held !== sent) {
    held = sent;
    await pause(500);
  }
  const before = process.memoryUsage().rss;
  // What lies in the sockets on the way.
  expect(held).toBeLessThan(40_000_000);
  let read = 0;
  let most = 0;
  for await (const chunk of received) {
    read += chunk.length;
    most = Math.max(most, process.memoryUsage().rss);
  }
  await sending;
  expect(read).toBe(SIZE);
  expect(most - before).toBeLessThan(80_000_000);
});
