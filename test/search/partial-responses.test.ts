// A personalized search that runs out of time, or loses shards, is answered by the original, once, in what is left of its time.
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { pause } from '../helpers/eventually.js';
import { proxyOnStub, type Seen, type StubAnswer, TRUSTED } from './support/proxy-on-stub.js';

const stub = proxyOnStub();
const SEARCH = '{"query":{"match":{"title":"shoe"}}}';
const TIMED = '{"query":{"match":{"title":"shoe"}},"timeout":"800ms"}';
const FALLBACK = 'skipped; reason=rewrite-rejected';

function response({ timedOut = false, failed = 0, front = '', ids = ['1'] } = {}): string {
  const hits = ids.map((_id) => ({ _id, _source: { timed_out: true, _shards: { failed: 1 } } }));
  const shards = `{"total":3,"successful":${3 - failed},"skipped":0,"failed":${failed}${failed ? ',"failures":[{"shard":0}]' : ''}}`;
  return `{${front}"took":3,"timed_out":${timedOut},"_shards":${shards},"hits":{"hits":${JSON.stringify(hits)}}}`;
}
const WHOLE = response({ ids: ['1', '2'] });
const isPersonalized = ({ body }: Seen) => body.includes('function_score');

/** Answers what is personalized by one thing, and the original by another. */
function answering(personalized: StubAnswer, original: StubAnswer = { body: WHOLE }) {
  stub.answerWith = (seen) => (isPersonalized(seen) ? personalized : original);
}
const search = (body: string | object = SEARCH, path = '/products/_search', headers = {}) =>
  stub
    .agent()
    .post(path)
    .set({ ...TRUSTED, ...headers })
    .send(body);

describe('a search', () => {
  test.each<[string, StubAnswer]>([
    ['that timed out', { body: response({ timedOut: true, ids: [] }) }],
    ['without a shard', { body: response({ failed: 1 }) }],
    ['without hits', { body: '{"timed_out":true,"aggregations":{}}' }],
    ['behind a long id', { body: response({ timedOut: true, front: `"pit_id":"${'x'.repeat(9_000)}",` }) }],
    [
      'in lines',
      { body: '{\n  "took" : 1,\n  "timed_out" : true,\n  "_shards" : {\n "total" : 1, "failed" : 0 }' },
    ],
    [
      'refused for its time',
      { status: 429, body: '{"error":{"type":"search_timeout_exception"},"status":429}' },
    ],
    [
      'refused for its memory',
      { status: 429, body: '{"error":{"type":"circuit_breaking_exception"},"status":429}' },
    ],
    [
      'that all shards failed',
      { status: 503, body: '{"error":{"type":"search_phase_execution_exception"},"status":503}' },
    ],
    ['that a gateway gave up', { status: 504, body: '{"error":"time","status":504}' }],
  ])('%s', async (_name, personalized) => {
    answering(personalized);
    const answer = await search();
    expect(answer.status).toBe(200);
    expect(answer.text).toBe(WHOLE);
    expect(answer.headers['x-personalization']).toBe(FALLBACK);
    expect(stub.seen.map(isPersonalized)).toEqual([true, false]);
    expect(stub.seen[1]?.body).toBe(SEARCH);
    // It is no defect of the rewrite.
    expect(stub.rejections).toEqual([]);
  });

  test.each([
    ['after its first bytes', true],
    ['before any', false],
  ])('that the engine broke off %s', async (_name, midway) => {
    stub.answerWith = (seen, out) => {
      if (!isPersonalized(seen)) return { body: WHOLE };
      // An engine that goes away is asked once more in the first second, for whatever it was asked.
      if (midway) out.writeHead(200, { 'content-type': 'application/json' }).write('{"took":3,');
      setTimeout(() => out.destroy(), 1_200);
      return undefined;
    };
    const answer = await search();
    expect(answer.text).toBe(WHOLE);
    expect(answer.headers['x-personalization']).toBe(FALLBACK);
    expect(stub.seen.map(isPersonalized)).toEqual([true, false]);
    expect(stub.rejections).toEqual([]);
  });

  test('that is refused has its whole time left, and its own words', async () => {
    answering({ status: 400, body: '{"error":{"type":"parsing_exception"},"status":400}' });
    const answer = await search(TIMED);
    expect(answer.text).toBe(WHOLE);
    expect(stub.seen[1]?.body).toBe(TIMED);
    expect(stub.rejections).toHaveLength(1);
  });

  test('compressed', async () => {
    const zipped = gzipSync(response({ timedOut: true }));
    stub.answerWith = (seen, out) => {
      if (!isPersonalized(seen)) return { body: WHOLE };
      out.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(zipped);
      return undefined;
    };
    const answer = await search(SEARCH, undefined, { 'accept-encoding': 'gzip' });
    expect(answer.text).toBe(WHOLE);
    expect(answer.headers['x-personalization']).toBe(FALLBACK);
  });

  test('told byte by byte', async () => {
    stub.answerWith = (seen, out) => {
      const body = isPersonalized(seen) ? response({ failed: 2 }) : WHOLE;
      out.writeHead(200, { 'content-type': 'application/json' });
      void (async () => {
        for (const part of body.match(/.{1,20}/gs) ?? []) {
          out.write(part);
          await pause(1);
        }
        out.end();
      })();
      return undefined;
    };
    const answer = await search();
    expect(answer.text).toBe(WHOLE);
    expect(answer.headers['x-personalization']).toBe(FALLBACK);
  });

  test.each([
    ['whole', WHOLE],
    ['without its beginning, by filter_path', '{"hits":{"hits":[{"_id":"1","_source":{"timed_out":true}}]}}'],
    ['that is no JSON', 'took: 3'],
    ['empty', ''],
  ])('%s is passed on as it is', async (_name, body) => {
    answering({ body, headers: { 'content-type': 'text/plain' } });
    const answer = await search();
    expect(answer.text).toBe(body);
    expect(answer.headers['x-personalization']).toMatch(/^applied/);
    expect(stub.seen).toHaveLength(1);
  });

  test('that finds a queue full is not asked again', async () => {
    const body = '{"error":{"type":"es_rejected_execution_exception"},"status":429}';
    answering({ status: 429, body });
    const answer = await search();
    expect([answer.status, answer.text]).toEqual([429, body]);
    expect(stub.seen).toHaveLength(1);
  });

  test('whose original is no better gets that', async () => {
    answering({ body: response({ timedOut: true, ids: [] }) }, { body: response({ timedOut: true }) });
    const answer = await search();
    expect(answer.text).toBe(response({ timedOut: true }));
    expect(answer.headers['x-personalization']).toBe(FALLBACK);
    expect(stub.seen).toHaveLength(2);
  });

  test('that is explained', async () => {
    answering({ body: response({ timedOut: true }) });
    const answer = await search(SEARCH, undefined, { 'x-kindred': 'explain' });
    expect(answer.body.hits.hits).toHaveLength(2);
    expect(answer.headers['x-personalization']).toBe(FALLBACK);
    expect(answer.body.ext.kindred.plan).toEqual([]);
  });
});

describe('a search with a time of its own', () => {
  const timeoutsOf = () =>
    stub.seen.map(({ body, url }) => /timeout"?[:=]"?(\d+)ms/.exec(body + url)?.[1]).map(Number);

  test.each([
    ['in its body', TIMED, '/products/_search'],
    ['in seconds', '{"timeout":"0800ms","query":{"match":{"title":"shoe"}}}', '/products/_search'],
    ['in the URL', SEARCH, '/products/_search?timeout=800ms&preference=x'],
    ['in both', '{"query":{"match":{"title":"shoe"}},"timeout":"9s"}', '/products/_search?timeout=800ms'],
  ])('%s: half for the first attempt, then what is left', async (_name, body, path) => {
    stub.answerWith = (seen, out) => {
      if (!isPersonalized(seen)) return { body: WHOLE };
      void pause(100).then(() => out.writeHead(200).end(response({ timedOut: true })));
      return undefined;
    };
    const answer = await search(body, path);
    expect(answer.text).toBe(WHOLE);
    const [first = 0, second = 0] = timeoutsOf();
    expect(first).toBe(400);
    expect(second).toBeLessThan(705);
    expect(second).toBeGreaterThan(100);
    const rest = (text = '') => text.replace(/"?timeout"?[:=]"?\w+"?/g, '');
    expect(rest(stub.seen[1]?.url)).toBe(rest(path));
    if (!path.includes('?')) expect(rest(stub.seen[1]?.body)).toBe(rest(body));
  });

  test.each([
    ['hidden in another way', { query: { match_all: {} }, timeout: '1s' }, '/products/_search?format=yaml'],
    ['of a search that ends later', { query: { match_all: {} }, timeout: '1s' }, '/products/_async_search'],
    ['too little', { query: { match_all: {} }, timeout: '19ms' }, '/products/_search'],
    ['next to nothing', { query: { match_all: {} }, timeout: '500micros' }, '/products/_search'],
    ['hidden', { query: { match_all: {} }, timeout: '1s' }, '/products/_search?filter_path=hits.hits._id'],
  ])('%s: left alone', async (_name, body, path) => {
    const answer = await search(body, path);
    expect(answer.headers['x-personalization']).toBe('skipped; reason=unsupported');
    expect(stub.seen.map(({ body: sent }) => sent)).toEqual([JSON.stringify(body)]);
  });

  test.each(['-1', 'soon', 7, null])('%j is none', async (timeout) => {
    const answer = await search({ query: { match_all: {} }, timeout });
    expect(answer.headers['x-personalization']).toMatch(/^applied/);
    expect(stub.seen[0]?.body).toContain(`"timeout":${JSON.stringify(timeout)}`);
  });
});

describe('a multi-search', () => {
  const LINES = `{}\n${SEARCH}\n{}\n${TIMED}\n{"index":"other"}\n${SEARCH}\n`;
  const items = (...bodies: string[]) => `{"took":4,"responses":[${bodies}]}`;
  const ndjson = { 'content-type': 'application/x-ndjson' };
  const multi = () => search(LINES, '/products/_msearch', ndjson);

  test.each([
    ['an item that timed out', items(WHOLE, response({ timedOut: true }), WHOLE)],
    ['an item without a shard', items(response({ failed: 1 }), WHOLE, WHOLE)],
    ['an item refused for its time', items(WHOLE, '{"error":{},"status":429}', WHOLE)],
    ['an item that no shard answers', items(WHOLE, '{"error":{},"status":503}', WHOLE)],
  ])('with %s: all originals, once', async (_name, body) => {
    answering({ body }, { body: items(WHOLE, WHOLE, WHOLE) });
    const answer = await multi();
    expect(answer.text).toBe(items(WHOLE, WHOLE, WHOLE));
    expect(answer.headers['x-personalization']).toBe(FALLBACK);
    const [, second] = stub.seen;
    expect(stub.seen).toHaveLength(2);
    expect(second?.body.replace(/"timeout":"\d+ms"/, '"timeout":"800ms"')).toBe(LINES);
  });

  test('with an item that the engine takes without the boosts: all originals, and a word about it', async () => {
    const refused = '{"error":{"type":"script_exception"},"status":400}';
    stub.answerWith = (seen) =>
      isPersonalized(seen)
        ? { body: items(WHOLE, refused, WHOLE) }
        : { body: seen.body === `{}\n${TIMED}\n` ? items(WHOLE) : items(WHOLE, WHOLE, WHOLE) };
    const answer = await multi();
    expect(answer.text).toBe(items(WHOLE, WHOLE, WHOLE));
    expect(answer.headers['x-personalization']).toBe(FALLBACK);
    expect(stub.rejections).toEqual(['{"type":"script_exception"}']);
  });

  test.each([400, 500])(
    'with an item that is refused (%i) anyway: the others stay personalized',
    async (status) => {
      const refused = `{"error":{"type":"parsing_exception"},"status":${status}}`;
      stub.answerWith = (seen) => ({
        body: isPersonalized(seen) ? items(WHOLE, refused, WHOLE) : items(refused),
      });
      const answer = await multi();
      expect(answer.text).toBe(items(WHOLE, refused, WHOLE));
      expect(answer.headers['x-personalization']).toMatch(/^applied; items=2\/3/);
      expect(stub.seen).toHaveLength(2);
      expect(stub.rejections).toEqual([]);
    },
  );

  test('whose filter_path hides whether the time was enough: that item is left alone', async () => {
    answering({ body: items(WHOLE, WHOLE, WHOLE) });
    const answer = await search(LINES, '/products/_msearch?filter_path=responses.hits', ndjson);
    expect(answer.headers['x-personalization']).toMatch(/^applied; items=1\/3/);
  });

  test.each([
    ['all is well', items(WHOLE, WHOLE, WHOLE)],
    ['an item that is not personalized timed out', items(WHOLE, WHOLE, response({ timedOut: true }))],
    ['an item is refused', items(WHOLE, '{"error":{},"status":404}', WHOLE)],
    ['nothing of it can be read', '{"responses":7,"timed_out":true}'],
    ['it is cut off', '{"responses":[{"timed_out":true'],
  ])('where %s is passed on as it is', async (_name, body) => {
    answering({ body, headers: { 'content-type': 'text/plain' } });
    const answer = await multi();
    expect(answer.text).toBe(body);
    expect(answer.headers['x-personalization']).toMatch(/^applied; items=2\/3/);
    expect(stub.seen).toHaveLength(1);
  });
});
