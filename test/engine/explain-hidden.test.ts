// Explain where the search hides what reasons are found by: the answer says so, and tells what can be told.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EngineClient } from '../../src/engine/client/client.js';
import { createUpstream, type Upstream } from '../../src/engine/upstream.js';
import { connectTest, engines, uniqueIndex } from '../helpers/engines.js';
import { onEngine } from '../helpers/on-engine.js';
import { active, proxyOnStub, TRUSTED } from '../search/support/proxy-on-stub.js';

const stub = proxyOnStub();
const QUERY = { query: { match: { title: 'fresh' } } };

describe.each(engines())('$kind', ({ kind, url }) => {
  const index = uniqueIndex('explain-hidden');
  let engine: EngineClient;
  let upstream: Upstream;

  beforeAll(async () => {
    engine = await connectTest(kind);
    const settings = { number_of_shards: 1, number_of_replicas: 0 };
    const properties = { title: { type: 'text', store: true }, brand: { type: 'keyword' } };
    await engine.createIndex(index, { settings, mappings: { properties } });
    const brands = ['acme', 'bolt', 'core'];
    await engine.bulk(
      index,
      brands.map((brand) => ({ action: 'index', id: brand, document: { title: 'fresh', brand } })),
      { refresh: true },
    );
    upstream = createUpstream({ url });
  });
  afterAll(async () => {
    await engine.deleteIndex(index);
    await upstream.close();
    await engine.close();
  });

  const search = async (parameters: string, more: object = {}) => {
    const agent = stub.agent(onEngine(kind, upstream, index, active));
    const answer = await agent
      .post(`/${index}/_search?kindred_explain${parameters}`)
      .set(TRUSTED)
      .send(JSON.stringify({ ...QUERY, ...more }));
    expect([answer.status, answer.headers['x-personalization']?.slice(0, 7)]).toEqual([200, 'applied']);
    return answer.body;
  };

  test.each<[string, object?]>([
    ['&filter_path=hits.hits._source'],
    ['&filter_path=took'],
    ['&filter_path=hits.total,hits.hits._score'],
    ['&filter_path=-hits.hits._id'],
    ['&filter_path=-**._id'],
    ['&filter_path=**._s*'],
    ['&filter_path=hits.hits,-hits.hits._id'],
    ['&stored_fields=_none_&_source=false'],
    ['', { stored_fields: '_none_', _source: false }],
    ['', { stored_fields: ['_none_'] }],
  ])('no ids: %s %j', async (parameters, more = {}) => {
    const body = await search(parameters, more);
    expect(body.ext.kindred).toEqual({
      plan: [expect.objectContaining({ value: 'bolt' })],
      hits: [],
      note: expect.stringMatching(/filter_path or stored_fields hides the _id/),
    });
    for (const hit of body.hits?.hits ?? []) expect(hit._id).toBeUndefined();
  });

  test.each([
    '&filter_path=hits.hits._id',
    '&filter_path=**._id',
    '&filter_path=hits.hits._id,hits.hits._source.*',
    '&filter_path=-hits.*.matched_queries',
    '&filter_path=-**.matched_queries',
  ])('ids without what they matched: %s', async (parameters) => {
    const { ext } = await search(parameters);
    expect(ext.kindred.note).toMatch(/filter_path hides the matched_queries/);
    expect(ext.kindred.hits.map((hit: object) => Object.keys(hit))).toEqual(
      Array(3).fill(['_id', 'rank', 'rank_without']),
    );
    expect(ext.kindred.hits[0]).toEqual({ _id: 'bolt', rank: 1, rank_without: 2 });
  });

  test.each([
    '',
    '&filter_path=hits',
    '&filter_path=hits.hits',
    '&filter_path=hits.h*._id,hits.hits.m*',
    '&filter_path=**.hits',
    '&filter_path=-hits.hits._source,-took',
    '&stored_fields=title',
  ])('nothing hidden that reasons need: %s', async (parameters) => {
    const { ext } = await search(parameters);
    expect(ext.kindred.note).toBeUndefined();
    const [first] = ext.kindred.hits;
    expect(first).toEqual({
      _id: 'bolt',
      rank: 1,
      rank_without: 2,
      boost: first.boost,
      affinities: ext.kindred.plan,
      relative: first.relative,
      reasons: [{ ...first.reasons[0], cause: 'field', field: 'brand', value: 'bolt', own: first.boost }],
      sentence: expect.stringMatching(/^Because /),
    });
    expect(first.relative).toBeCloseTo(first.boost ** (2 / 3));
    expect([first.boost > 1, ext.kindred.hits.length]).toEqual([true, 3]);
  });

  test('a search without hits has none to explain', async () => {
    for (const parameters of ['', '&filter_path=hits.hits._id,hits.hits.matched_queries'])
      expect((await search(parameters, { query: { term: { brand: 'none' } } })).ext.kindred).toEqual({
        plan: [expect.anything()],
        hits: [],
      });
  });

  describe('of a multi-search', () => {
    const ask = async (filter: string) => {
      const line = `{"index":"${index}"}\n${JSON.stringify({ ...QUERY, ext: { kindred: { explain: true } } })}\n`;
      const agent = stub.agent(onEngine(kind, upstream, index, active));
      return (
        await agent
          .post(`/_msearch?filter_path=${filter}`)
          .set(TRUSTED)
          .send(line + line)
      ).body;
    };

    test('each says what is hidden', async () => {
      const { responses } = await ask('responses.hits.hits._source');
      for (const { ext } of responses)
        expect([ext.kindred.hits, ext.kindred.note]).toEqual([[], expect.stringContaining('hides the _id')]);
      const told = await ask('responses.hits.hits._id,responses.*.hits.matched_queries');
      expect(told.responses[1].ext.kindred.hits[0]).toMatchObject({ _id: 'bolt', rank_without: 2 });
      expect(told.responses[1].ext.kindred.note).toBeUndefined();
    });

    test('where all are hidden, the whole answer says it', async () => {
      const { ext } = await ask('took');
      expect(ext.kindred).toEqual({ note: expect.stringContaining('hides responses') });
    });
  });
});
