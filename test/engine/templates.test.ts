// Search templates on a real engine that has them: the same hits and flags as the engine's own answer, personalized.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EngineClient } from '../../src/engine/client/client.js';
import { createUpstream, type Upstream } from '../../src/engine/upstream.js';
import { connectTest, engines, uniqueIndex } from '../helpers/engines.js';
import { onEngine } from '../helpers/on-engine.js';
import type { SearchOptions } from '../helpers/search-context.js';
import { active, proxyOnStub, TRUSTED } from '../search/support/proxy-on-stub.js';

const stub = proxyOnStub();

async function hasTemplates(url: string): Promise<boolean> {
  const headers = { 'content-type': 'application/json' };
  const body = '{"source":{"size":1}}';
  return (await fetch(`${url}/_render/template`, { method: 'POST', headers, body })).ok;
}
const all = await Promise.all(engines().map(async (one) => ({ ...one, able: await hasTemplates(one.url) })));

for (const { kind } of all.filter(({ able }) => !able))
  test.skip(`${kind}: not run, as this engine comes without templates`, () => {});

for (const { kind, url } of all.filter(({ able }) => able))
  describe(`${kind}`, () => {
    const index = uniqueIndex('templates');
    const id = uniqueIndex('template');
    let engine: EngineClient;
    let upstream: Upstream;
    let shop: Partial<SearchOptions>;

    beforeAll(async () => {
      engine = await connectTest(kind);
      const properties = { brand: { type: 'keyword' }, title: { type: 'text' } };
      const settings = { number_of_shards: 1, number_of_replicas: 0 };
      await engine.createIndex(index, { settings, mappings: { properties } });
      const items = ['acme', 'acme', 'bolt', 'cord'].map((brand, i) => ({
        action: 'index' as const,
        id: `${i}`,
        document: { brand, title: 'shoe' },
      }));
      await engine.bulk(index, items, { refresh: true });
      const source = '{ "query": {"match": {"title": "{{q}}"}}, "size": {{size}}{{^size}}10{{/size}}\n}';
      const body = { script: { lang: 'mustache', source } };
      await engine.request({ method: 'PUT', path: `/_scripts/${id}`, body });
      upstream = createUpstream({ url });
      shop = onEngine(kind, upstream, index, active);
    });
    afterAll(async () => {
      await engine.request({ method: 'DELETE', path: `/_scripts/${id}` });
      await engine.deleteIndex(index);
      await upstream.close();
      await engine.close();
    });

    const ask = (path: string, body: string, headers = {}) =>
      stub
        .agent(shop)
        .post(path)
        .set({ ...TRUSTED, ...headers })
        .send(body);
    interface Hit {
      readonly _id: string;
      readonly _explanation?: object;
    }
    interface Answer {
      readonly hits?: { readonly hits: readonly Hit[] };
      readonly profile?: object;
    }
    const shape = ({ hits, profile }: Answer) => ({
      ids: hits?.hits.map(({ _id }) => _id).sort(),
      explained: hits?.hits.every(({ _explanation }) => _explanation !== undefined),
      profiled: profile !== undefined,
    });

    test.each([
      { id, params: { q: 'shoe' } },
      { id, params: { q: 'shoe' }, explain: true },
      { id, params: { q: 'shoe' }, profile: true, explain: 'true' },
      {
        source: { query: { match: { title: '{{q}}' } }, explain: true, profile: true },
        params: { q: 'shoe' },
      },
      { source: '{"query":{"match":{"title":"{{q}}"}}}', params: { q: 'shoe' }, explain: false },
    ])('%j', async (template) => {
      const path = `/${index}/_search/template?preference=x`;
      const answer = await ask(path, JSON.stringify(template));
      expect(answer.headers['x-personalization']).toMatch(/^applied/);
      expect(answer.body.hits.hits[0]._id).toBe('2');
      const plain = await ask(path, JSON.stringify(template), { 'x-kindred': 'off' });
      expect(plain.headers['x-personalization']).toBe('skipped; reason=off');
      expect(shape(answer.body)).toEqual(shape(plain.body));
      expect(stub.rejections).toEqual([]);
    });

    test.each([
      '{"id":"nobody-has-it"}',
      '{"source":"{\\"size\\":","params":{}}',
      '{"id":',
      '',
      '{"ext":{}}',
    ])('%s: the engine’s own refusal', async (template) => {
      const answer = await ask(`/${index}/_search/template`, template);
      const headers = { 'content-type': 'application/json' };
      const direct = await fetch(`${url}/${index}/_search/template`, {
        method: 'POST',
        headers,
        body: template,
      });
      expect([answer.status, answer.body]).toEqual([direct.status, await direct.json()]);
      expect(answer.headers['x-personalization']).toBe('skipped; reason=unsupported');
    });

    test('in a multi-search', async () => {
      const header = JSON.stringify({ index });
      const template = (params: object) => JSON.stringify({ id, params });
      const lines = [header, template({ q: 'shoe' }), header, template({ q: 'none' }), ''].join('\n');
      const answer = await ask('/_msearch/template', lines);
      expect(answer.headers['x-personalization']).toBe('applied; items=2/2');
      expect(answer.body.responses.map(({ hits }: { hits: { hits: Hit[] } }) => hits.hits.length)).toEqual([
        4, 0,
      ]);
      expect(answer.body.responses[0].hits.hits[0]._id).toBe('2');
    });
  });
