// The document cache under load, faults and time. Reads are scripted here: only so can they fail and wait on demand.
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { EngineClient, StoredDocument } from '../../../src/engine/client/client.js';
import {
  createDocumentCache,
  type DocumentCacheOptions,
} from '../../../src/engine/documents/document-cache.js';
import { eventually, pause, until } from '../../helpers/eventually.js';

type Source = Record<string, unknown>;

const HOUR_MS = 3_600_000;

/** An index of documents that records every read, and fails or holds reads on demand. */
function scriptedIndex(documents: Record<string, Source>) {
  const reads: string[][] = [];
  const state: { failure: Error | null; gate: Promise<void> } = { failure: null, gate: Promise.resolve() };
  const mget: EngineClient['mget'] = async <T>(_index: string, ids: readonly string[]) => {
    reads.push([...ids]);
    await state.gate;
    if (state.failure) throw state.failure;
    return ids.map((id): StoredDocument<T> | null =>
      documents[id] ? { id, source: documents[id] as T, seqNo: 0, primaryTerm: 1 } : null,
    );
  };
  return { engine: { mget }, documents, reads, state };
}

function cacheOf(
  index: ReturnType<typeof scriptedIndex>,
  options: Partial<DocumentCacheOptions<unknown>> = {},
) {
  const parse = (source: unknown) => source;
  const cache = createDocumentCache(index.engine, {
    maxBytes: 1e6,
    ttlMs: 60_000,
    negativeTtlMs: 60_000,
    parse,
    ...options,
  });
  return (...ids: string[]) => cache.read('profiles', ids);
}

let passed = 0;
const trueNow = performance.now.bind(performance);
beforeEach(() => {
  jest.spyOn(performance, 'now').mockImplementation(() => trueNow() + passed);
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** As if it had taken so long; however slow the machine is, no more. */
async function passTime(ms: number): Promise<void> {
  passed += ms;
  // The cache looks at its clock once a millisecond.
  await pause(3);
}

/** Holds what reads until it is opened. */
function closedGate() {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { gate, open };
}

describe('createDocumentCache', () => {
  test('what is forgotten is read anew, in every index; the rest stays', async () => {
    const index = scriptedIndex({ a: { n: 1 }, 'b/a': { n: 2 } });
    const parse = (source: unknown) => source;
    const options = { maxBytes: 1e6, ttlMs: 60_000, negativeTtlMs: 60_000, parse };
    const cache = createDocumentCache(index.engine, options);
    for (const name of ['one', 'two']) await cache.read(name, ['a', 'b/a']);
    await cache.forget((id) => id === 'a');
    index.reads.length = 0;
    delete index.documents.a;
    for (const name of ['one', 'two']) expect(await cache.read(name, ['a', 'b/a'])).toEqual([null, { n: 2 }]);
    expect(index.reads).toEqual([['a'], ['a']]);
  });

  test('answers in the order asked, with one read for what is missing and none for what is known', async () => {
    const index = scriptedIndex({ a: { n: 1 }, b: { n: 2 } });
    const read = cacheOf(index);
    expect(await read('b', 'nobody', 'a', 'b')).toEqual([{ n: 2 }, null, { n: 1 }, { n: 2 }]);
    expect(await read('a', 'b', 'nobody')).toEqual([{ n: 1 }, { n: 2 }, null]);
    expect(index.reads).toEqual([['b', 'nobody', 'a']]);
  });

  test('many who want one document share one read', async () => {
    const index = scriptedIndex({ a: { n: 1 } });
    const read = cacheOf(index);
    const early = Array.from({ length: 50 }, () => read('a'));
    await pause(1);
    expect(await Promise.all([...early, read('a')])).toEqual(Array.from({ length: 51 }, () => [{ n: 1 }]));
    expect(index.reads).toEqual([['a']]);
  });

  test('documents of two indices do not mix', async () => {
    const index = scriptedIndex({ a: { n: 1 } });
    const cache = createDocumentCache(index.engine, {
      maxBytes: 1e6,
      ttlMs: 1e4,
      negativeTtlMs: 1e4,
      parse: (source) => source,
    });
    await Promise.all([cache.read('v1', ['a']), cache.read('v2', ['a'])]);
    expect(index.reads).toEqual([['a'], ['a']]);
  });

  test('a document that did not change stays the same object when it is read again', async () => {
    const index = scriptedIndex({ a: { n: 1 }, b: { n: 1 } });
    const read = cacheOf(index, { ttlMs: HOUR_MS, parse: (source) => ({ source }) });
    const [a, b] = await read('a', 'b');
    index.documents.a = { n: 1 };
    index.documents.b = { n: 2 };
    await passTime(2 * HOUR_MS);
    await read('a', 'b');
    const again = await eventually(async () => {
      const found = await read('a', 'b');
      expect(found[1]).toEqual({ source: { n: 2 } });
      return found;
    });
    expect(index.reads.length).toBeGreaterThan(1);
    expect(again[0]).toBe(a);
    expect(again[1]).not.toBe(b);
  });

  test('documents that were read together are read again in turns', async () => {
    const ids = Array.from({ length: 200 }, (_, number) => `d${number}`);
    const index = scriptedIndex(Object.fromEntries(ids.map((id) => [id, { n: 1 }])));
    const read = cacheOf(index, { ttlMs: HOUR_MS });
    await read(...ids);
    await passTime(HOUR_MS);
    await read(...ids);
    await until(() => index.reads.length > 1);
    const again = index.reads[1]?.length ?? 0;
    expect(again).toBeGreaterThan(20);
    expect(again).toBeLessThan(180);
  });

  test('a failed read rejects everyone who waits, and is not remembered', async () => {
    const index = scriptedIndex({ a: { n: 1 } });
    const read = cacheOf(index);
    index.state.failure = new Error('unreachable');
    const outcomes = await Promise.allSettled([read('a'), read('a', 'nobody')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    index.state.failure = null;
    expect(await read('a', 'nobody')).toEqual([{ n: 1 }, null]);
  });

  test('a stale document serves at once and is refreshed behind the answer', async () => {
    const index = scriptedIndex({ a: { n: 1 } });
    const read = cacheOf(index, { ttlMs: HOUR_MS });
    await read('a');
    await passTime(2 * HOUR_MS);
    index.documents.a = { n: 2 };
    const { gate, open } = closedGate();
    index.state.gate = gate;
    expect(await read('a')).toEqual([{ n: 1 }]);
    open();
    await eventually(async () => expect(await read('a')).toEqual([{ n: 2 }]));
    expect(index.reads).toEqual([['a'], ['a']]);
  });

  test('a stale document outlives an engine that cannot be read', async () => {
    const index = scriptedIndex({ a: { n: 1 } });
    const read = cacheOf(index, { ttlMs: HOUR_MS });
    await read('a');
    index.state.failure = new Error('unreachable');
    for (let round = 0; round < 3; round++) {
      await passTime(2 * HOUR_MS);
      expect(await read('a')).toEqual([{ n: 1 }]);
    }
    expect(index.reads.length).toBeGreaterThan(2);
    await expect(read('b')).rejects.toThrow('unreachable');
  });

  test('a read that hangs fails in time, and who asks next is answered by an engine that is back', async () => {
    const index = scriptedIndex({ a: { n: 1 } });
    const read = cacheOf(index, { timeoutMs: 300 });
    index.state.gate = new Promise(() => {});
    const waiting = [read('a'), read('a')];
    await pause(1);
    index.state.gate = Promise.resolve();
    for (const { status, ...outcome } of await Promise.allSettled(waiting))
      expect([status, outcome]).toEqual([
        'rejected',
        { reason: expect.objectContaining({ code: 'engine-timeout' }) },
      ]);
    expect(await read('a')).toEqual([{ n: 1 }]);
  });

  test('absence that was seen counts on while the engine cannot be read; what nobody has seen is no absence', async () => {
    const index = scriptedIndex({ a: { n: 1 } });
    const read = cacheOf(index, { negativeTtlMs: HOUR_MS, ttlMs: 100 * HOUR_MS });
    expect(await read('nobody')).toEqual([null]);
    index.state.failure = new Error('unreachable');
    await passTime(2 * HOUR_MS);
    expect(await read('nobody')).toEqual([null]);
    await expect(read('nobody', 'a')).rejects.toThrow('unreachable');
    await expect(read('a')).rejects.toThrow('unreachable');
    index.state.failure = null;
    expect(await read('a')).toEqual([{ n: 1 }]);
  });

  test('many who find one stale document refresh it once', async () => {
    const index = scriptedIndex({ a: { n: 1 } });
    const read = cacheOf(index, { ttlMs: HOUR_MS });
    await read('a');
    await passTime(2 * HOUR_MS);
    const { gate, open } = closedGate();
    index.state.gate = gate;
    await Promise.all(Array.from({ length: 50 }, () => read('a')));
    open();
    expect(index.reads).toEqual([['a'], ['a']]);
  });

  test('absence is remembered for its own, shorter time', async () => {
    const index = scriptedIndex({});
    const read = cacheOf(index, { negativeTtlMs: HOUR_MS, ttlMs: 100 * HOUR_MS });
    expect(await read('new')).toEqual([null]);
    index.documents.new = { n: 1 };
    await passTime(2 * HOUR_MS);
    await read('new');
    await eventually(async () => expect(await read('new')).toEqual([{ n: 1 }]));
  });

  test('a document that cannot be parsed rejects its own readers only, and is asked for again', async () => {
    const index = scriptedIndex({ good: { n: 1 }, bad: { n: 'x' } });
    const parse = (source: unknown) => {
      if ((source as Source).n === 'x') throw new Error('malformed');
      return source;
    };
    const read = cacheOf(index, { parse });
    const [good, bad] = await Promise.allSettled([read('good'), read('bad')]);
    expect([good?.status, bad?.status]).toEqual(['fulfilled', 'rejected']);
    index.documents.bad = { n: 2 };
    expect(await read('bad')).toEqual([{ n: 2 }]);
  });

  test('what does not fit is not kept: old documents go, and one too large is read each time', async () => {
    const filler = 'x'.repeat(1_000);
    const index = scriptedIndex({ a: { filler }, b: { filler }, large: { filler: filler.repeat(50) } });
    const read = cacheOf(index, { maxBytes: 10_000 });
    await read('a');
    await read('b');
    await read('a');
    expect(index.reads).toEqual([['a'], ['b'], ['a']]);
    expect((await read('large'))[0]).toEqual({ filler: filler.repeat(50) });
    await read('large');
    expect(index.reads.slice(3)).toEqual([['large'], ['large']]);
  });
});
