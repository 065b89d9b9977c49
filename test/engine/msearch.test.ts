// Our pairs of header and body lines are the engine's: same number of searches, same bodies, on both engines.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EngineClient } from '../../src/engine/client/client.js';
import { splitMsearch } from '../../src/query/body/msearch-body.js';
import { connectTest, engines, uniqueIndex } from '../helpers/engines.js';

describe.each(engines())('$kind', ({ kind, url }) => {
  let engine: EngineClient;
  let index = '';
  const other = uniqueIndex('query-msearch-other');

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
    await engine.createIndex(other, { settings, mappings: { properties: {} } });
    await engine.bulk(other, items.slice(0, 2), { refresh: true });
  });
  afterAll(async () => {
    await engine.deleteIndex(index);
    await engine.deleteIndex(other);
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

  test.each([
    '{}',
    '',
    '{"index":"OTHER"}',
    '{"indices":"OTHER"}',
    '{"index":["OTHER"]}',
    '{"indices":["INDEX","OTHER"]}',
    '{"index":"OTHER,INDEX","preference":"x","request_cache":true,"search_type":"query_then_fetch"}',
    '{"ind\\u0065x":"OTHER"}',
  ])('header %s: the indices that hits come from', async (header) => {
    const text = `{}\n{"size":0}\n${header}\n{"size":99,"_source":false}\n`
      .replaceAll('INDEX', index)
      .replaceAll('OTHER', other);
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/${index}/_msearch`, { method: 'POST', headers, body: text });
    const { responses } = (await answer.json()) as { responses: { hits: { hits: { _index: string }[] } }[] };
    const found = new Set(responses[1]?.hits.hits.map(({ _index }) => _index));
    const target = splitMsearch(Buffer.from(text), kind).items[1]?.target;
    expect(new Set(target?.kind === 'named' ? target.indices : [index])).toEqual(found);
  });

  test.each(['{"index":""}', '{"index":[]}'])(
    'header %s: every index, which is no catalog',
    async (header) => {
      const target = splitMsearch(Buffer.from(`${header}\n{}\n`), kind).items[0]?.target;
      expect(target).toEqual({ kind: 'named', indices: header.includes('[') ? [] : [''] });
      const filter = { query: { terms: { _index: [other] } } };
      const text = `${header}\n${JSON.stringify(filter)}\n`;
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${url}/${index}/_msearch`, { method: 'POST', headers, body: text });
      const { responses } = (await answer.json()) as { responses: { hits: { hits: unknown[] } }[] };
      expect(responses[0]?.hits.hits.length).toBe(2);
    },
  );

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
