// Our pairs of header and body lines are the engine's: same number of searches, same bodies, on both engines.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EngineClient } from '../../src/engine/client.js';
import { splitMsearch } from '../../src/query/msearch.js';
import { connectTest, engines, uniqueIndex } from '../helpers/engines.js';

describe.each(engines())('$kind', ({ kind, url }) => {
  let engine: EngineClient;
  let index = '';

  beforeAll(async () => {
    engine = await connectTest(kind);
    index = uniqueIndex('query-msearch');
    const settings = { number_of_shards: 1, number_of_replicas: 0 };
    await engine.createIndex(index, { settings, mappings: { properties: {} } });
    const items = Array.from({ length: 9 }, (_, i) => ({
      action: 'index' as const,
      id: `${i}`,
      document: {},
    }));
    await engine.bulk(index, items, { refresh: true });
  });
  afterAll(async () => {
    await engine.deleteIndex(index);
    await engine.close();
  });

  /** How many hits each search asked for and got, or null when the engine refuses the request. */
  async function answered(text: string): Promise<number[] | null> {
    const headers = { 'content-type': 'application/x-ndjson' };
    const answer = await fetch(`${url}/${index}/_msearch`, { method: 'POST', headers, body: text });
    const { responses } = (await answer.json()) as { responses?: { hits?: { hits: unknown[] } }[] };
    return responses?.map(({ hits }) => hits?.hits.length ?? -1) ?? null;
  }

  function found(text: string): number[] {
    const bytes = Buffer.from(text);
    return splitMsearch(bytes, kind).items.map(
      ({ body }) => (JSON.parse(bytes.toString('utf8', body.start, body.end)) as { size: number }).size,
    );
  }

  test.each([
    '{}\n{"size":1}\n',
    '{}\r\n{"size":1}\r\n{}\r\n{"size":2}\r\n',
    '{}\n{"size":1}\n\n{"size":2}\n',
    '{}\n{"size":1}\n \n{"size":2}\n',
    '{}\n{"size":1}\n{}\n',
    '{}\n{"size":1}\n\n',
    '{}\n{"size":1}\n\n\n',
    `{"index":"INDEX,INDEX"}\n{"size":3}\n{"indices":["INDEX"]}\n{"size":4}\n`,
  ])('%j', async (text) => {
    const request = text.replaceAll('INDEX', index);
    const sizes = await answered(request);
    if (sizes) expect(found(request)).toEqual(sizes);
    else expect(() => found(request)).toThrow();
  });

  test('an empty line at the front', async () => {
    const skipping = '\n{}\n{"size":1}\n';
    const reading = '\n{"size":1}\n';
    expect([await answered(skipping), await answered(reading)]).toEqual(
      kind === 'opensearch' ? [[1], null] : [null, [1]],
    );
    expect(found(kind === 'opensearch' ? skipping : reading)).toEqual([1]);
  });

  test('without its final line feed a request is refused as a whole', async () => {
    const text = '{}\n{"size":1}\n{}\n{"size":2}';
    expect(await answered(text)).toBeNull();
    expect(splitMsearch(Buffer.from(text), kind).terminated).toBe(false);
  });
});
