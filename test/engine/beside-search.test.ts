// What shop software asks beside searches: the same answer as from the engine itself, and nothing that is not a read.
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { Client } from '@elastic/elasticsearch';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { EngineClient } from '../../src/engine/client/client.js';
import { createUpstream, type Upstream } from '../../src/engine/upstream.js';
import { connectTest, engines, uniqueIndex } from '../helpers/engines.js';
import { until } from '../helpers/eventually.js';
import { onEngine } from '../helpers/on-engine.js';
import { active, KEY, proxyOnStub } from '../search/support/proxy-on-stub.js';

const stub = proxyOnStub();
const JSON_TYPE = { 'content-type': 'application/json' };
const NDJSON_TYPE = { 'content-type': 'application/x-ndjson' };

interface Answer {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

/** Bytes as they stand: `fetch` would normalize paths, and name a content type. */
function ask(url: string, method: string, path: string, headers = {}, body = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const length = body === '' ? {} : { 'content-length': Buffer.byteLength(body) };
    const sent = request({ hostname, port, method, path, headers: { ...headers, ...length } }, (answer) => {
      text(answer).then(
        (read) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: read }),
        reject,
      );
    });
    sent.on('error', reject).end(body === '' ? undefined : body);
  });
}

const QUERY = '{"query":{"match":{"title":"yogurt"}}}';
const READS: readonly (readonly [method: string, path: string, body?: string])[] = [
  ['HEAD', '/INDEX'],
  ['HEAD', '/INDEX-none'],
  ['GET', '/INDEX/'],
  ['GET', '/'],
  ['GET', '/INDEX/_mapping'],
  ['HEAD', '/INDEX/_mapping'],
  ['GET', '/INDEX/_mapping/field/title,brand?pretty'],
  ['GET', '/INDEX*,-INDEX-none/_mappings'],
  ['GET', '/INDEX/_settings?flat_settings=true'],
  ['GET', '/INDEX/_settings/index.number_of_*'],
  ['GET', '/INDEX/_alias'],
  ['HEAD', '/INDEX/_alias/none'],
  ['GET', '/_alias/INDEX-alias'],
  ['GET', '/INDEX-alias/_count?q=title:fresh'],
  ['GET', '/INDEX,INDEX-none/_count?ignore_unavailable=true'],
  ['GET', '/INDEX%2CINDEX-none/_count?ignore_unavailable=true'],
  ['GET', '/%3CINDEX-%7Bnow%2Fd%7D%3E/_count?ignore_unavailable=true'],
  ['POST', '/INDEX/_count', QUERY],
  ['GET', '/INDEX/_count', QUERY],
  ['GET', '/INDEX/_stats/docs,store?filter_path=_all.primaries.docs'],
  ['GET', '/INDEX/_field_caps?fields=*'],
  ['POST', '/INDEX/_field_caps?fields=title', '{"index_filter":{"match_all":{}}}'],
  ['POST', '/INDEX/_terms_enum', '{"field":"brand","string":"n"}'],
  ['POST', '/INDEX/_termvectors?term_statistics=true&fields=title', '{"doc":{"title":"yogrt"}}'],
  ['GET', '/INDEX/_termvectors/1?fields=title'],
  ['POST', '/_mtermvectors', '{"docs":[{"_index":"INDEX","_id":"1","fields":["title"]}]}'],
  ['POST', '/INDEX/_mtermvectors', '{"ids":["1","2"],"parameters":{"fields":["title"]}}'],
  ['GET', '/INDEX/_validate/query?explain=true&q=title:fresh'],
  ['POST', '/INDEX/_validate/query?rewrite=true', QUERY],
  ['POST', '/INDEX/_explain/1', QUERY],
  ['GET', '/INDEX/_explain/a%2Fb?q=title:fresh'],
  ['GET', '/INDEX/_analyze', '{"field":"title","text":"Fresh Yogurts"}'],
  ['POST', '/_analyze', '{"tokenizer":"standard","text":"Fresh Yogurts"}'],
  ['GET', '/INDEX/_source/1'],
  ['HEAD', '/INDEX/_source/1'],
  ['GET', '/INDEX/_source/none'],
  ['GET', '/INDEX/_doc/a%2Fb'],
  ['HEAD', '/INDEX/_doc/1'],
  ['POST', '/INDEX/_mget', '{"ids":["1","none"]}'],
  ['GET', '/_mget', '{"docs":[{"_index":"INDEX","_id":"1"}]}'],
  ['GET', '/_resolve/index/INDEX*'],
  ['GET', '/INDEX/_search_shards?filter_path=shards.index,indices'],
  ['GET', '/INDEX/_segments?filter_path=_shards'],
  ['GET', '/_cluster/health/INDEX?filter_path=cluster_name,status&wait_for_status=yellow&timeout=1s'],
  ['GET', '/_cluster/stats?filter_path=cluster_name'],
  ['GET', '/_cat/indices/INDEX?h=index,health&format=json'],
  ['GET', '/_cat/indices/INDEX?h=index,health&v'],
  ['GET', '/_cat/aliases/INDEX-alias?format=json'],
  ['GET', '/_cat/count/INDEX?h=count'],
  ['GET', '/_cat/health?h=cluster'],
  ['GET', '/_cat/nodes?h=name'],
  ['GET', '/_cat/plugins?format=yaml'],
  ['GET', '/_nodes/plugins?filter_path=cluster_name'],
  ['GET', '/_nodes/stats/process?filter_path=cluster_name'],
  ['GET', '/_all/_search?q=no_such:thing&filter_path=hits'],
  ['GET', '/INDEX/_mapping?unheard_of=1'],
];

const NEVER: readonly (readonly [method: string, path: string, body?: string])[] = [
  ['PUT', '/INDEX-new', '{}'],
  ['DELETE', '/INDEX'],
  ['POST', '/INDEX/_mapping', '{"properties":{"new":{"type":"keyword"}}}'],
  ['PUT', '/INDEX/_settings', '{"number_of_replicas":1}'],
  ['PUT', '/INDEX/_alias/new'],
  ['POST', '/_aliases', '{"actions":[{"add":{"index":"INDEX","alias":"new"}}]}'],
  ['PUT', '/INDEX/_doc/9', '{"title":"new"}'],
  ['POST', '/INDEX/_doc', '{"title":"new"}'],
  ['POST', '/INDEX/_update/1', '{"doc":{"title":"new"}}'],
  ['DELETE', '/INDEX/_doc/1'],
  ['POST', '/INDEX/_bulk', '{"delete":{"_index":"INDEX","_id":"1"}}\n'],
  ['POST', '/INDEX/_delete_by_query', '{"query":{"match_all":{}}}'],
  ['POST', '/INDEX/_update_by_query'],
  ['POST', '/_reindex', '{"source":{"index":"INDEX"},"dest":{"index":"INDEX-new"}}'],
  ['POST', '/INDEX/_close'],
  ['GET', '/INDEX/_refresh'],
  ['POST', '/INDEX/_cache/clear'],
  ['GET', '/_cluster/state'],
  ['GET', '/_cluster/settings'],
  ['PUT', '/_cluster/settings', '{}'],
  ['GET', '/_tasks'],
  ['GET', '/_snapshot/_all'],
  ['GET', '/_security/_authenticate'],
  ['GET', '/_nodes/hot_threads'],
  ['POST', '/_nodes/reload_secure_settings'],
  ['GET', '/INDEX/../_cluster/settings'],
  ['GET', '/INDEX/%2e%2e/_mapping'],
  ['POST', '/INDEX%2F_doc%2F1%3F/_count', '{}'],
];

describe.each(engines())('$kind', ({ kind, url }) => {
  const index = uniqueIndex('beside-search');
  const other = `${index}-other`;
  let engine: EngineClient;
  let upstream: Upstream;
  let proxy: string;
  let asked: string[];
  const named = (words: string) => words.replaceAll('INDEX', index);
  const documents = [
    { action: 'index' as const, id: '1', document: { title: 'fresh yogurt', brand: 'north' } },
    { action: 'index' as const, id: 'a/b', document: { title: 'fresh milk', brand: 'nord' } },
  ];

  beforeAll(async () => {
    engine = await connectTest(kind);
    for (const name of [index, other])
      await engine.createIndex(name, {
        settings: { number_of_shards: 1, number_of_replicas: 0 },
        mappings: { properties: { title: { type: 'text' }, brand: { type: 'keyword' } } },
        ...(name === index && { aliases: { [`${index}-alias`]: {} } }),
      });
    await engine.bulk(index, documents, { refresh: true });
    const direct = createUpstream({ url });
    upstream = {
      ...direct,
      send(sent, onResponse) {
        asked.push(`${sent.method} ${sent.path}`);
        return direct.send(sent, onResponse);
      },
    };
    proxy = `http://127.0.0.1:${await stub.listen(onEngine(kind, upstream, index, active))}`;
  });
  beforeEach(() => {
    asked = [];
  });
  afterAll(async () => {
    for (const name of [index, other]) await engine.deleteIndex(name);
    await upstream.close();
    await engine.close();
  });

  const trusted = { 'x-kindred-key': KEY, 'x-user-id': '2314' };
  const through = (method: string, path: string, headers = {}, body = '') =>
    ask(proxy, method, named(path), { ...trusted, ...headers }, named(body));
  /** Without what differs from one answer to the next. */
  const comparable = ({ status, headers, body }: Answer) => [
    status,
    headers['content-type'],
    headers['x-elastic-product'],
    body.replace(/"took":\d+/g, '').replace(/"max_score":null,?/, ''),
  ];

  test.each(READS)('%s %s', async (method, path, body = '') => {
    const headers = body === '' ? {} : JSON_TYPE;
    const direct = await ask(url, method, named(path), headers, named(body));
    const answer = await through(method, path, { ...JSON_TYPE }, body);
    expect(comparable(answer)).toEqual(comparable(direct));
    expect(answer.headers['x-personalization']).toBe('skipped; reason=unsupported');
    expect(asked).toEqual([`${method} ${named(path)}`]);
    const open = await ask(proxy, method, named(path), headers, named(body));
    expect([open.status, asked.length]).toEqual([404, 1]);
  });

  test.each(NEVER)('%s %s does not reach the engine', async (method, path, body = '') => {
    const answer = await through(method, path, JSON_TYPE, body);
    const type = { type: 'not_served', reason: expect.any(String) };
    expect(JSON.parse(answer.body)).toEqual({ error: { root_cause: [type], ...type }, status: 404 });
    expect([answer.status, asked]).toEqual([404, []]);
  });

  test('a bulk write without an index in its path is for events: other indices are refused, line by line', async () => {
    const lines = named(
      '{"index":{"_index":"INDEX","_id":"1"}}\n{}\n{"delete":{"_index":"INDEX","_id":"1"}}\n',
    );
    const answer = await through('POST', '/_bulk', NDJSON_TYPE, lines);
    const { errors, items } = JSON.parse(answer.body);
    expect([answer.status, errors, asked]).toEqual([200, true, []]);
    expect(items.map((item: object) => Object.values(item)[0].status)).toEqual([403, 400]);
  });

  test('nodes are at the address of the proxy, in whatever way they are asked for', async () => {
    for (const path of ['/_nodes', '/_nodes/_local', '/_nodes/http,settings', '/_nodes/_all/http,os/']) {
      const { body, headers } = await through('GET', path, { 'accept-encoding': 'gzip' });
      expect([path, headers['content-encoding']]).toEqual([path, undefined]);
      for (const node of Object.values<{ http: object }>(JSON.parse(body).nodes)) {
        const address = proxy.slice('http://'.length);
        expect(node.http).toMatchObject({ publish_address: address, bound_address: [address] });
      }
      expect(body).not.toContain(url.slice('http://'.length));
    }
    const filtered = await through('GET', '/_nodes?filter_path=nodes.*.http.publish_address');
    expect(filtered.body).toContain(proxy.slice('http://'.length));
    expect((await through('GET', '/_nodes?filter_path=cluster_name')).status).toBe(200);
    const yaml = await through('GET', '/_nodes?format=yaml');
    expect([yaml.status, JSON.parse(yaml.body).error.type]).toEqual([406, 'not_acceptable']);
  });

  test('a client that sniffs by any of these paths stays', async () => {
    if (kind === 'opensearch') return;
    const client = new Client({ node: proxy, sniffEndpoint: '_nodes', headers: trusted });
    const sniffed: unknown[] = [];
    client.diagnostic.on('sniff', (error) => sniffed.push(error));
    await client.transport.sniff({ reason: 'test', requestId: 1, context: null });
    await until(() => sniffed.length > 0);
    expect(sniffed).toEqual([null]);
    expect(client.connectionPool.connections.map((one) => one.url.origin)).toEqual([proxy]);
    expect(asked).toEqual(['GET /_nodes']);
    await client.close();
  });

  test.each([
    ['POST', '/INDEX/_search', QUERY],
    ['GET', '/INDEX/_search', QUERY],
    ['POST', '/INDEX/_msearch', `{}\n${QUERY}\n`],
    ['POST', '/INDEX/_search/template', '{"source":{}}'],
    ['POST', '/INDEX/_count', QUERY],
    ['POST', '/INDEX/_search?kindred_explain', '{ }'],
  ])('what a body without a content type is, the engine says: %s %s', async (method, path, body) => {
    for (const headers of [{}, { 'content-type': '' }, { accept: 'application/json' }]) {
      const direct = await ask(url, method, named(path).replace(/\?.*/, ''), headers, body);
      const answer = await through(method, path, headers, body);
      expect(comparable(answer)).toEqual(comparable(direct));
      expect(answer.headers['x-personalization']).toBe('skipped; reason=unsupported');
    }
    expect(asked).toHaveLength(3);
    const open = await ask(proxy, method, named('/INDEX/_search'), {}, body);
    expect([open.status, asked.length]).toEqual([415, 3]);
  });

  describe('with passWrites', () => {
    let writing: string;
    const write = (method: string, path: string, body = '', headers: object = NDJSON_TYPE) =>
      ask(writing, method, named(path), { ...trusted, ...headers }, named(body));
    const count = async (name: string) => {
      await ask(url, 'POST', `/${name}/_refresh`);
      return JSON.parse((await ask(url, 'GET', `/${name}/_count`)).body).count;
    };

    beforeAll(async () => {
      writing = `http://127.0.0.1:${await stub.listen(onEngine(kind, upstream, index, active), [index])}`;
    });

    test('documents are written, changed and deleted', async () => {
      expect((await write('PUT', '/INDEX/_doc/w1?refresh=true', '{"title":"n"}', JSON_TYPE)).status).toBe(
        201,
      );
      expect((await write('PUT', '/INDEX/_create/w1', '{"title":"n"}', JSON_TYPE)).status).toBe(409);
      expect((await write('POST', '/INDEX/_update/w1', '{"doc":{"title":"m"}}', JSON_TYPE)).status).toBe(200);
      const lines =
        '{"index":{"_index":"INDEX","_id":"w2"}}\n{"title":"o"}\n{"delete":{"_index":"INDEX","_id":"w1"}}\n';
      for (const path of ['/_bulk', '/INDEX/_bulk?filter_path=errors'])
        expect(JSON.parse((await write('POST', path, lines)).body).errors).toBe(false);
      expect((await write('POST', '/INDEX/_refresh')).status).toBe(200);
      expect(await count(index)).toBe(3);
      const client = await write('POST', '/INDEX/_doc', '{"title":"p"}', JSON_TYPE);
      const { _id } = JSON.parse(client.body);
      for (const id of [_id, 'w2']) expect((await write('DELETE', `/INDEX/_doc/${id}`)).status).toBe(200);
      expect(await count(index)).toBe(2);
    });

    test.each([
      ['/_bulk', '{"index":{"_index":"INDEX"}}\n{}\n{"index":{"_index":"INDEX-other"}}\n{}\n'],
      ['/_bulk?index=INDEX-other', '{"index":{}}\n{}\n'],
      ['/INDEX/_bulk?index=INDEX-other', '{"index":{}}\n{}\n'],
      ['/INDEX/_bulk?pipeline=elsewhere', '{"index":{}}\n{}\n'],
      ['/INDEX/_bulk', '{"index":{}}{"index":{"_index":"INDEX-other"}}\n{}\n'],
      ['/INDEX/_bulk', '// "\n{"index":{"_index":"INDEX-other"}}\n{}\n'],
      ['/INDEX/_bulk', '{"delete":{"_id":"none"}}\n{"index":{"_index":"INDEX-other"}}\n{}\n'],
      ['/INDEX/_bulk', '{"index":{}}\n{}\n{"index":{"_index":"INDEX-other"}}\n{}'],
    ])('a bulk that could write elsewhere is refused whole: %s %j', async (path, body) => {
      const answer = await write('POST', path, body);
      expect([answer.status, JSON.parse(answer.body).error.type, asked]).toEqual([
        403,
        'write_not_passed',
        [],
      ]);
      expect([await count(index), await count(other)]).toEqual([2, 0]);
    });

    test.each([
      ['PUT', '/INDEX-other/_doc/1', '{}', 404],
      ['PUT', '/INDEX-alias/_doc/1', '{}', 404],
      ['PUT', '/INDEX,INDEX-other/_doc/1', '{}', 404],
      ['PUT', '/INDEX/_doc/1?index=INDEX-other', '{}', 403],
      ['POST', '/INDEX/_delete_by_query', '{"query":{"match_all":{}}}', 404],
      ['DELETE', '/INDEX', '', 404],
    ])('%s %s is refused', async (method, path, body, status) => {
      expect((await write(method, path, body, JSON_TYPE)).status).toBe(status);
      expect(asked).toEqual([]);
    });

    test('callers without a key write nothing, nor do bodies that nobody read', async () => {
      const bulk = named('{"index":{"_index":"INDEX"}}\n{}\n');
      expect((await ask(writing, 'POST', '/_bulk', NDJSON_TYPE, bulk)).status).toBe(404);
      expect((await ask(writing, 'PUT', named('/INDEX/_doc/1'), JSON_TYPE, '{}')).status).toBe(404);
      for (const type of ['application/cbor', 'application/smile', 'application/yaml'])
        expect((await write('POST', '/_bulk', bulk, { 'content-type': type })).status).toBe(415);
      expect((await write('POST', '/_bulk', bulk, {})).status).toBe(415);
      expect(asked).toEqual([]);
    });
  });
});
