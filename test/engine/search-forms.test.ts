// Every form in which a search can come, on the real engines: personalized, with the hits of the plain search.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { catalogSchema } from '../../src/core/catalog.js';
import type { EngineClient } from '../../src/engine/client/client.js';
import { createUpstream, type Upstream } from '../../src/engine/upstream.js';
import { readCatalogIndices } from '../../src/models/serving/capability-watcher.js';
import { connectTest, engines, uniqueIndex } from '../helpers/engines.js';
import { onEngine } from '../helpers/on-engine.js';
import type { SearchOptions } from '../helpers/search-context.js';
import { active, proxyOnStub, TRUSTED } from '../search/support/proxy-on-stub.js';

const stub = proxyOnStub();
const BRANDS = ['acme', 'bolt', 'acme', 'bolt', 'cord', 'acme'];

describe.each(engines())('$kind', ({ kind, url }) => {
  const [index, other, alias, wide] = ['forms', 'forms-other', 'forms-alias', 'forms-wide'].map(
    uniqueIndex,
  ) as [string, string, string, string];
  let engine: EngineClient;
  let upstream: Upstream;
  let shop: Partial<SearchOptions>;
  let aliased: Partial<SearchOptions>;

  beforeAll(async () => {
    engine = await connectTest(kind);
    const settings = { number_of_shards: 2, number_of_replicas: 0 };
    const properties = { brand: { type: 'keyword' }, title: { type: 'text' } };
    for (const name of [index, other]) {
      await engine.createIndex(name, { settings, mappings: { properties } });
      const items = BRANDS.map((brand, i) => ({
        action: 'index' as const,
        id: `${i}`,
        document: { brand, title: 'shoe' },
      }));
      await engine.bulk(name, items, { refresh: true });
    }
    const actions = [
      { add: { index, alias } },
      ...[index, other].map((each) => ({ add: { index: each, alias: wide } })),
    ];
    await engine.request({ method: 'POST', path: '/_aliases', body: { actions } });
    upstream = createUpstream({ url });
    const catalogs = new Map<string, ReadonlySet<string>>();
    for (const catalog of [index, alias])
      catalogs.set(catalog, await readCatalogIndices(engine, catalogSchema.parse({ index: catalog })));
    const indicesOf = (catalog: string) => catalogs.get(catalog) ?? new Set<string>();
    shop = { ...onEngine(kind, upstream, index, active), indicesOf };
    aliased = { ...onEngine(kind, upstream, alias, active), indicesOf };
  });
  afterAll(async () => {
    for (const name of [index, other]) await engine.deleteIndex(name);
    await upstream.close();
    await engine.close();
  });

  async function ask(
    path: string,
    body: unknown,
    { proxy = shop, headers = {} }: { proxy?: Partial<SearchOptions>; headers?: Record<string, string> } = {},
  ) {
    return stub
      .agent(proxy)
      .post(path)
      .set({ ...TRUSTED, ...headers })
      .send(typeof body === 'string' ? body : JSON.stringify(body));
  }
  interface Hit {
    readonly _id: string;
    readonly _source: { readonly brand: string };
  }
  const brands = ({ hits }: { hits: { hits: Hit[] } }) => hits.hits.map(({ _source }) => _source.brand);
  const ids = ({ hits }: { hits: { hits: Hit[] } }) => hits.hits.map(({ _id }) => _id).sort();
  const QUERY = { query: { match: { title: 'shoe' } }, size: 6 };

  test('the shopper’s brand leads where a search is personalized', async () => {
    const answer = await ask(`/${index}/_search`, QUERY);
    expect(answer.headers['x-personalization']).toMatch(/^applied/);
    expect(brands(answer.body).slice(0, 2)).toEqual(['bolt', 'bolt']);
  });

  describe('names of the catalog', () => {
    const both = () => `${index},${alias}`;
    const applied = /^applied/;
    test.each<[string, 'shop' | 'aliased', () => string, RegExp]>([
      ['the index behind the alias', 'aliased', () => index, applied],
      ['an alias of the index alone', 'shop', () => alias, applied],
      ['the alias', 'aliased', () => alias, applied],
      ['both, in one path', 'aliased', both, applied],
      ['another index beside it', 'aliased', () => `${index},${other}`, /unsupported/],
      ['another index', 'aliased', () => other, /unsupported/],
      ['an alias of more than the index', 'shop', () => wide, /unsupported/],
      ['a pattern', 'aliased', () => `${index}*`, /unsupported/],
    ])('%s', async (_what, configured, name, expected) => {
      const proxy = { shop, aliased }[configured];
      const line = JSON.stringify({ index: name().split(',') });
      const params = { ...QUERY, query: { match: { title: '{{what}}' } } };
      const template = { source: JSON.stringify(params), params: { what: 'shoe' } };
      const answers = [
        await ask(`/${name()}/_search`, QUERY, { proxy }),
        await ask(`/${name()}/_search/template`, template, { proxy }),
        await ask('/_msearch', `${line}\n${JSON.stringify(QUERY)}\n`, { proxy }),
        await ask(`/${name()}/_msearch`, `{}\n${JSON.stringify(QUERY)}\n`, { proxy }),
      ];
      const said = answers.map(({ headers }) => headers['x-personalization']);
      for (const header of said.slice(0, 1)) expect(header).toMatch(expected);
      const items = expected === applied ? 'applied; items=1/1' : 'skipped; reason=unsupported';
      expect(said.slice(2)).toEqual([items, items]);
      if (expected !== applied) return;
      const found = answers.map(({ body }) => body.responses?.[0] ?? body);
      for (const answer of [found[0], found[2], found[3]])
        expect(brands(answer).slice(0, 2)).toEqual(['bolt', 'bolt']);
      expect(stub.rejections).toEqual([]);
    });

    test('public requests still name the catalog as it is configured', async () => {
      const answer = await stub
        .agent(aliased)
        .post(`/${index}/_search`)
        .set('content-type', 'application/json')
        .send(JSON.stringify(QUERY));
      expect(answer.status).toBe(404);
    });
  });

  describe('a point in time', () => {
    async function open(name: string): Promise<string> {
      const path = kind === 'elasticsearch' ? '_pit' : '_search/point_in_time';
      const { body } = await ask(`/${name}/${path}?keep_alive=1m`, '');
      return body.id ?? body.pit_id;
    }
    async function close(id: string) {
      const path = kind === 'elasticsearch' ? '/_pit' : '/_search/point_in_time';
      const body = kind === 'elasticsearch' ? { id } : { pit_id: [id] };
      await engine.request({ method: 'DELETE', path, body });
    }

    test.each([{}, { sort: '_score' }, { sort: [{ _score: 'desc' }] }, { sort: ['_score', '_shard_doc'] }])(
      'of the catalog, %j: personalized, over the same hits',
      async (sort) => {
        for (const [proxy, name] of [
          [shop, index],
          [aliased, alias],
          [aliased, index],
          [shop, alias],
        ] as const) {
          const id = await open(name);
          const body = { ...QUERY, ...sort, pit: { id } };
          const answer = await ask('/_search', body, { proxy });
          const plain = await ask('/_search', body, { proxy, headers: { 'x-kindred': 'off' } });
          expect(answer.headers['x-personalization']).toMatch(/^applied/);
          expect(brands(answer.body).slice(0, 2)).toEqual(['bolt', 'bolt']);
          expect(ids(answer.body)).toEqual(ids(plain.body));
          expect(answer.body.pit_id).toBe(id);
          await close(id);
        }
        expect(stub.rejections).toEqual([]);
      },
    );

    test('page after page by search_after, every hit once', async () => {
      const id = await open(index);
      const seen: string[] = [];
      for (let after: unknown[] | undefined; ; ) {
        const sort = ['_score', '_shard_doc'];
        const answer = await ask('/_search', {
          ...QUERY,
          size: 2,
          sort,
          pit: { id },
          ...(after && { search_after: after }),
        });
        const page = answer.body.hits.hits as (Hit & { sort: unknown[] })[];
        if (page.length === 0) break;
        expect(answer.headers['x-personalization']).toMatch(/^applied/);
        seen.push(...page.map(({ _id }) => _id));
        after = page.at(-1)?.sort;
      }
      expect(seen.slice(0, 2).sort()).toEqual(['1', '3']);
      expect(seen.sort()).toEqual(BRANDS.map((_, i) => `${i}`));
      await close(id);
    });

    test('of more than the catalog is left alone', async () => {
      for (const name of [other, `${index},${other}`, `${other},${index}`]) {
        const id = await open(name);
        const answer = await ask('/_search', { ...QUERY, pit: { id } });
        expect([answer.status, answer.headers['x-personalization']]).toEqual([
          200,
          'skipped; reason=unsupported',
        ]);
        await close(id);
      }
    });
  });

  const shoes = { bool: { filter: [{ match: { title: 'shoe' } }] } };
  test.each<[string, object]>([
    ['function_score', { query: { function_score: { query: shoes, functions: [{ weight: 2 }] } } }],
    [
      'dis_max',
      { query: { dis_max: { queries: [shoes, { bool: { filter: [{ term: { brand: 'x' } }] } }] } } },
    ],
    [
      'boosting',
      { query: { boosting: { positive: shoes, negative: { match_none: {} }, negative_boost: 0.5 } } },
    ],
    ['constant_score', { query: { constant_score: { filter: shoes, boost: 0 } } }],
    ['an optional clause', { query: { bool: { filter: [shoes], should: [{ term: { brand: 'x' } }] } } }],
    [
      'a page sorted by equal keys first',
      { ...QUERY, sort: [{ title_missing: { unmapped_type: 'long' } }, '_score'] },
    ],
  ])(
    '%s: where every score is 0 or every key equal, the shopper’s brand leads, also in a multi-search',
    async (_what, search) => {
      const body = { size: 6, ...search };
      const answer = await ask(`/${index}/_search`, body);
      const header = JSON.stringify({ index });
      const lines = [header, JSON.stringify(body), header, JSON.stringify(QUERY), ''].join('\n');
      const multi = await ask('/_msearch', lines);
      expect(answer.headers['x-personalization']).toMatch(/^applied/);
      expect(multi.headers['x-personalization']).toBe('applied; items=2/2');
      for (const each of [answer.body, ...multi.body.responses]) {
        expect(brands(each).slice(0, 2)).toEqual(['bolt', 'bolt']);
        expect(ids(each)).toEqual(BRANDS.map((_, i) => `${i}`));
      }
    },
  );

  test('explain in a multi-search: every hit’s reasons, and its place without them', async () => {
    const header = JSON.stringify({ index });
    const body = [header, JSON.stringify(QUERY), header, '{"size":0}', ''].join('\n');
    const headers = { 'x-kindred': 'explain', 'accept-encoding': 'gzip' };
    const answer = await ask('/_msearch', body, { headers });
    const [first, second] = answer.body.responses;
    const { hits, plan } = first.ext.kindred;
    expect(hits.map((hit: { _id: string }) => hit._id)).toEqual(first.hits.hits.map(({ _id }: Hit) => _id));
    expect(hits.slice(0, 2)).toMatchObject(
      [1, 2].map((rank) => ({ rank, boost: expect.closeTo(plan[0].factor, 5), affinities: [plan[0]] })),
    );
    const without = hits.map((hit: { rank_without: number }) => hit.rank_without);
    expect(without.sort()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(second.ext.kindred).toEqual({ plan: [], hits: [] });
  });

  test('several indices in a path, one of them the catalog: left alone', async () => {
    const answer = await ask(`/${index},${other}/_search`, QUERY);
    expect([answer.status, answer.headers['x-personalization']]).toEqual([
      200,
      'skipped; reason=unsupported',
    ]);
  });

  test.each([
    'source=%7B%22size%22:+2%7D&source_content_type=application/json',
    'source_content_type=application%2Fjson%3Bcharset%3Dutf-8&pretty&source=%7B%7D',
    'size=3&source=%7B%22query%22%3A%7B%22match%22%3A%7B%22title%22%3A%22shoe%22%7D%7D%7D&source_content_type=application/json',
    'source=%7B%7D',
    'source=&source_content_type=application/json',
    'source=%7B%22size%22:1%7D&source=%7B%22size%22:2%7D&source_content_type=application/json',
    'source=%7B%22size%22:1%7D;source_content_type=application/json',
    'source=%7B%22size%22:1%7&source_content_type=application/json',
  ])('a body in the URL, %s: the engine’s answer to the same search', async (parameters) => {
    const direct = await fetch(`${url}/${index}/_search?${parameters}`);
    const { 'content-type': _, ...headers } = TRUSTED;
    const answer = await stub.agent(shop).get(`/${index}/_search?${parameters}`).set(headers);
    expect(answer.status).toBe(direct.status);
    const expected = (await direct.json()) as { hits?: { hits: Hit[] } };
    // Which hits a short page holds is what personalization changes.
    expect(answer.body.hits?.hits.length).toBe(expected.hits?.hits.length);
  });
});
