// The placement table, row by row, and its copy in the documentation.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { readSearchFacts } from '../../../src/query/facts/search-facts.js';
import { FORM_RULES } from '../../../src/query/placement/boost-form.js';
import type { EngineCapabilities } from '../../../src/query/placement/engine-capabilities.js';
import { choosePlacement, PLACEMENT_RULES } from '../../../src/query/placement/placement.js';
import { documentOf } from '../document-of.js';

type Answer = 'rescore' | 'own window' | 'wrap' | 'parts' | 'not-scored' | 'unsupported';

const CAPABILITIES: EngineCapabilities = {
  kind: 'elasticsearch',
  painless: null,
  rescorerRetriever: true,
  maxWindow: 10_000,
};

function choose(body: string, url = '', capabilities: Partial<EngineCapabilities> = {}) {
  const facts = readSearchFacts(documentOf(body), new URLSearchParams(url), 'object_id');
  return choosePlacement(facts, { ...CAPABILITIES, ...capabilities });
}

function place(...search: Parameters<typeof choose>): Answer {
  const chosen = choose(...search);
  if ('skip' in chosen) return chosen.skip;
  if (chosen.placement !== 'rescore') return chosen.placement;
  return chosen.window === 500 ? 'rescore' : 'own window';
}

const MATCH = '"query":{"match":{"title":"milk"}}';
const RESCORE = '{"window_size":10,"query":{"rescore_query":{"match_all":{}}}}';
const PINNED = '{"pinned":{"ids":["1"],"organic":{"match_all":{}}}}';

describe('choosePlacement', () => {
  test.each<[Answer, string, string?]>([
    // plain
    ['rescore', '{}'],
    ['rescore', `{${MATCH}}`],
    ['rescore', `{${MATCH},"aggs":{},"post_filter":{"term":{"brand":"x"}},"highlight":{}}`],
    ['rescore', `{${MATCH},"min_score":1.5}`],
    ['rescore', `{${MATCH},"pit":{"id":"x"}}`],
    ['rescore', '{"aggs":{}}'],
    ['rescore', '{}', 'q=milk'],
    ['rescore', `{${MATCH},"suggest":{"text":"milc","s":{"term":{"field":"title"}}}}`],
    ['wrap', `{${MATCH},"suggest":{"s":{"prefix":"mi","completion":{"field":"suggest"}}}}`],
    ['rescore', '{"query":{"match":{"rule":"organic"}}}'],
    // sorted by score alone
    ['rescore', '{"sort":"_score"}'],
    ['rescore', '{"sort":[]}'],
    ['rescore', '{"sort":["_score"]}'],
    ['rescore', '{"sort":{"_score":"desc"}}'],
    ['rescore', '{"sort":{"_score":"DESC"}}'],
    ['rescore', '{"sort":{"_score":{}}}'],
    ['rescore', '{"sort":[{"_score":{"order":"desc"}}]}'],
    ['rescore', '{}', 'sort=_score'],
    ['rescore', '{}', 'sort=_score:desc'],
    // sorted by score first
    ['unsupported', '{"sort":["_score","_doc"],"highlight":{"fields":{"title":{"type":"plain"}}}}'],
    ['wrap', '{"sort":["_score","_doc"],"highlight":{"fields":{"title":{"type":"unified"}}}}'],
    ['rescore', '{"highlight":{"type":"plain","fields":[{"title":{}}]}}'],
    ['unsupported', '{"retriever":{"standard":{}},"highlight":{"type":"plain"}}'],
    ['wrap', '{"sort":["_score","_doc"]}'],
    ['wrap', '{"sort":[{"_score":"desc"},{"price":"asc"}]}'],
    ['wrap', '{"sort":{"_score":"desc","price":"asc"}}'],
    ['wrap', '{"sort":"_score"}', 'sort=price:asc'],
    ['wrap', '{}', 'sort=_score,price:asc'],
    // sorted by something else first
    ['wrap', '{"sort":[{"price":{"order":"desc"}},"_score"]}'],
    ['wrap', '{"sort":{"price":"asc","_score":"desc","sku":"asc"}}'],
    ['wrap', '{"sort":[{"brand":{"order":"asc","missing":"_last"}},{"_score":{"order":"DESC"}}]}'],
    ['wrap', '{"sort":"price"}', 'sort=_score'],
    ['wrap', '{}', 'sort=in_stock:desc,_score:desc,sku'],
    ['wrap', '{"sort":[{"_geo_distance":{"place":[1,2],"order":"asc"}},"_score"]}'],
    ['wrap', '{"sort":[{"_script":{"type":"number","script":"doc[\'a\'].value"}},"_score"]}'],
    ['wrap', '{"sort":["price","_score",{"_score":"asc"}],"search_after":[1,2,3]}'],
    ['unsupported', '{"sort":["price","_score"],"terminate_after":10}'],
    ['unsupported', '{"sort":["price","_score"],"knn":{}}'],
    ['unsupported', '{}', 'q=milk&sort=price,_score'],
    ['parts', '{"sort":["price","_score"],"retriever":{"standard":{}}}'],
    // where the score decides nothing
    ['not-scored', '{"sort":["price",{"_score":"asc"}]}'],
    ['not-scored', '{"sort":["price",{"_score":{"order":"asc"}},"_score"]}'],
    ['not-scored', '{}', 'sort=price,_score:asc'],
    ...['_doc', '_shard_doc', '_id', 'object_id', 'object_id.raw'].map((unique): [Answer, string] => [
      'not-scored',
      `{"sort":["price","${unique}","_score"]}`,
    ]),
    ['wrap', '{"sort":["object","object_id_group","_score"]}'],
    ['not-scored', '{"sort":[{"_script":{"script":"_score / 2"}},"_score"]}'],
    ['not-scored', '{"sort":[{"_script":{"script":{"source":"_score"}}},"_score"]}'],
    ['not-scored', '{"sort":[{"_script":{"script":{"id":"stored"}}},"_score"]}'],
    ['not-scored', '{"sort":"price"}'],
    ['not-scored', '{"sort":{"price":"asc"}}'],
    ['not-scored', '{"sort":"_doc"}'],
    ['not-scored', '{"sort":{"_score":"asc"}}'],
    ['not-scored', '{"sort":{"_score":{"order":"asc"}}}'],
    ['not-scored', '{}', 'sort=price'],
    ['not-scored', '{}', 'sort=_score:asc'],
    // nothing to rank
    ['not-scored', '{"size":0}'],
    ['not-scored', '{"size":24}', 'size=0'],
    ['rescore', '{"size":0}', 'size=24'],
    ['not-scored', '{"suggest":{"s":{}}}'],
    ['rescore', '{"suggest":{"s":{}}}', 'q=milk'],
    // pages
    ['rescore', '{"from":476,"size":24}'],
    ['rescore', '{"from":"476","size":24.0}'],
    ['rescore', '{"from":477,"size":24}'],
    ['rescore', '{"from":491}'],
    ['rescore', '{"size":24}', 'from=480'],
    ['rescore', '{"from":9990}'],
    ['rescore', '{"from":9991}'],
    ['unsupported', '{"size":-1}'],
    ['unsupported', '{"size":null}'],
    ['unsupported', '{"from":1.5}'],
    ['unsupported', '{}', 'size=many'],
    ['unsupported', '{}', 'size='],
    // wrapped
    ['wrap', '{"search_after":[1],"sort":["_score","sku"]}'],
    ['wrap', `{${MATCH}}`, 'scroll=1m'],
    ['wrap', `{${MATCH},"pit":{"id":"x"},"sort":["_score"]}`],
    ['wrap', '{"min_score":1,"sort":["_score","sku"]}'],
    ['wrap', `{${MATCH},"collapse":{"field":"brand"}}`],
    // its own rescoring
    ['rescore', `{"rescore":${RESCORE}}`],
    ['rescore', `{"rescore":[${RESCORE},{"query":{}}]}`],
    ['own window', `{"rescore":[{"query":{}},{"window_size":501,"query":{}}]}`],
    ['wrap', '{"rescore":{"window_size":10001,"query":{}}}'],
    ['wrap', `{"rescore":${RESCORE}}`, 'scroll=1m'],
    ['unsupported', '{"rescore":null}'],
    ['unsupported', '{"rescore":{"window_size":-1,"query":{}}}'],
    // vectors
    ['rescore', '{"knn":{"field":"v","query_vector":[1]}}'],
    ['rescore', `{${MATCH},"knn":[{},{}],"min_score":1}`],
    ['rescore', '{"knn":{},"size":501}'],
    ['unsupported', '{"knn":{},"sort":["_score","sku"]}'],
    ['unsupported', `{"query":${PINNED},"knn":{}}`],
    // in parts
    ['parts', '{"retriever":{"standard":{}}}'],
    ['parts', '{"query":{"hybrid":{"queries":[{"match_all":{}}]}}}'],
    ['parts', `{"query":${PINNED}}`],
    ['parts', `{"query":${PINNED},"sort":["_score","sku"],"search_after":[1,2]}`],
    ['parts', `{"query":{"bool":{"must":[{"function_score":{"query":${PINNED}}}]}}}`],
    ['parts', '{"query":{"rule":{"ruleset_ids":["r"],"organic":{"match_all":{}}}}}'],
    ['unsupported', '{"retriever":{"diversify":{}}}'],
    ['unsupported', '{"query":{"hybrid":{"queries":[]}}}'],
    ['unsupported', '{"query":{"hybrid":{"queries":[{"match_all":{}},7]}}}'],
    ['unsupported', `{"query":${PINNED},"min_score":1}`],
    ['unsupported', `{"query":${PINNED},"terminate_after":100}`],
    ['unsupported', '{"retriever":{"standard":{}},"aggs":{"best":{"sampler":{}}}}'],
    // pins that are not scored are no pins
    ['rescore', `{"query":{"bool":{"filter":${PINNED},"must":{"match_all":{}}}}}`],
    ['rescore', '{"query":{"match":{"pinned":"organic"}}}'],
    // highlighted
    ['rescore', `{${MATCH},"highlight":{"type":"plain","fields":{}}}`],
    ['wrap', `{${MATCH},"highlight":{"fields":{"plain":{}}},"sort":["_score","sku"]}`],
    ['unsupported', `{"highlight":{"fields":{"a":{"type": "plain"}}},"sort":["_score","sku"]}`],
    ['unsupported', `{"collapse":{"field":"brand","inner_hits":{"highlight":{"type":"plain"}}}}`],
    // left alone
    ['not-scored', `{${MATCH},"slice":{"id":0,"max":2},"pit":{"id":"x"}}`],
    ['not-scored', '{"retriever":{"standard":{}},"size":0}'],
    ['unsupported', `{${MATCH},"rank":{"rrf":{}}}`],
    ['unsupported', '{"sub_searches":[]}'],
    ['unsupported', '{}', 'q=milk&sort=_score,sku'],
    ['unsupported', '{}', 'source={}'],
    ['rescore', '{"terminate_after":100}'],
    ['unsupported', '{"terminate_after":100,"sort":["_score","sku"]}'],
    ['unsupported', '{"sort":["_score","sku"]}', 'terminate_after=100'],
    ['rescore', '{"aggs":{"best":{"sampler":{}}}}'],
    ['rescore', '{"explain":true,"size":500}'],
    ['rescore', '{"explain":true,"size":501}', 'size=500'],
    ['rescore', '{"explain":false,"size":501}'],
    ['unsupported', '{"explain":true,"size":501}'],
    ['unsupported', '{"size":501}', 'explain'],
    ['unsupported', '{"explain":true,"size":501,"sort":["_score","sku"]}'],
    ['unsupported', '{"query":null,"search_after":[1]}'],
    ['rescore', '{"query":null}', 'q=milk'],
  ])('%s: %s %s', (answer, body, url = '') => {
    expect(place(body, url)).toBe(answer);
  });

  test('a highlighted phrase prefix is marked as it was: OpenSearch loses words of it around a query', () => {
    const query = '"query":{"multi_match":{"query":"oat mi","type":"phrase_prefix","fields":["title"]}}';
    const body = `{${query},"highlight":{"fields":{"title":{}}},"sort":["_score","sku"]}`;
    expect(place(body)).toBe('wrap');
    const opensearch = { kind: 'opensearch' } as const;
    expect(place(body, '', opensearch)).toBe('unsupported');
    expect(place(`{${query},"sort":["_score","sku"]}`, '', opensearch)).toBe('wrap');
    expect(place(`{${query},"highlight":{"fields":{"title":{}}}}`, '', opensearch)).toBe('rescore');
  });

  test.each<[string, boolean]>([
    ['{"a":{"sampler":{"shard_size":100}}}', true],
    ['{"a":{"diversified_sampler":{"field":"brand"}}}', true],
    ['{"a":{"top_hits":{"sort":[{"price":"asc"},"_score"]}}}', true],
    ['{"a":{"max":{"script":{"source":"_score"}}}}', true],
    ['{"a":{"max":{"script":"_score"}}}', true],
    ['{"a":{"scripted_metric":{"map_script":"state.s += _score"}}}', true],
    ['{"a":{"max":{"field":"script"}}}', false],
    ['{"a":{"top_metrics":{"metrics":{"field":"price"},"sort":{"_score":"desc"}}}}', true],
    ['{"a":{"top_hits":{"sort":[{"price":"asc"}]}}}', false],
    ['{"sampler":{"terms":{"field":"sampler"}},"top_hits":{"terms":{"field":"_score_band"}}}', false],
    ['{"a":{"random_sampler":{"probability":0.1}}}', false],
    ['[]', false],
  ])('aggregations %s go by score: %s', (aggs, byScore) => {
    for (const key of ['aggs', 'aggregations']) {
      expect(place(`{"${key}":${aggs}}`)).toBe('rescore');
      expect(place(`{"${key}":${aggs},"sort":["_score","sku"]}`)).toBe(byScore ? 'unsupported' : 'wrap');
    }
  });

  test.each<[string]>([
    ['{"a":{"top_hits":{}}}'],
    ['{"a":{"top_hits":{"sort":["_score"]}}}'],
    ['{"a":{"terms":{"field":"brand"},"aggs":{"b":{"top_hits":{"size":1}}}}}'],
    ['{"a":{"filter":{"term":{"a":1}},"aggregations":{"b":{"top_hits":{"sort":[]}}}}}'],
  ])('aggregations %s would be rescored too', (aggs) => {
    for (const sort of ['_score', ['_score', 'sku']])
      expect(place(`{"aggs":${aggs},"sort":${JSON.stringify(sort)}}`)).toBe('unsupported');
  });

  test('any number of windows is judged', () => {
    const windows = `[${'{},'.repeat(200_000)}{"window_size":20000}]`;
    expect(place(`{"rescore":${windows}}`)).toBe('wrap');
    expect(place(`{"retriever":{"rescorer":{"retriever":{"standard":{}},"rescore":${windows}}}}`)).toBe(
      'parts',
    );
  });

  test.each([
    ['{}', 'none'],
    ['{"query":{"bool":{"filter":{"term":{"a":1}}}}}', 'all'],
    ['{"query":{"bool":{"filter":{"term":{"a":1}}}},"knn":{"field":"v"}}', 'some'],
    ['{"query":{"bool":{"filter":{"term":{"a":1}}}},"knn":[{"field":"v","boost":0}]}', 'all'],
    ['{"query":{"match":{"a":"b"}},"knn":[{"field":"v"}]}', 'none'],
    ['{"knn":{"field":"v"}}', 'none'],
    ['{"query":{"match":{"a":"b"}},"indices_boost":[{"x":1},{"y":0}]}', 'some'],
    ['{"query":{"match":{"a":"b"}},"indices_boost":[{"x":0.5}]}', 'none'],
  ])('%s: the placement says that %s of its hits score 0', (body, zeros) => {
    expect(choose(body)).toEqual({ placement: 'rescore', window: 500, zeros });
    expect(choose('{"query":{"bool":{"filter":{"term":{"a":1}}}}}', 'q=-milk')).toMatchObject({
      zeros: 'some',
    });
  });

  test.each([
    ['{}', 300, 300],
    ['{"from":276,"size":24}', 300, 300],
    ['{"from":277,"size":24}', 300, 300],
    ['{"size":600}', 700, 500],
    ['{"size":600}', 499, 499],
    ['{"from":10000}', 50_000, 500],
    ['{"size":301,"min_score":1}', 300, 300],
    ['{"rescore":{"window_size":600,"query":{}}}', 700, 600],
    ['{"rescore":{"window_size":600,"query":{}}}', 599, 'wrap'],
  ])('%s where windows end at %i: %s', (body, maxWindow, expected) => {
    const chosen = choose(body, '', { maxWindow });
    const window = 'window' in chosen ? chosen.window : undefined;
    expect(window ?? place(body, '', { maxWindow })).toBe(expected);
  });

  test('docs/placement.md has the same rows in the same order', () => {
    const docs = readFileSync('docs/placement.md', 'utf8');
    const rows = [...docs.matchAll(/^\| (.+?) \| `([a-z-]+)` \|/gm)].map(([, name, answer]) => [
      name,
      answer,
    ]);
    expect(rows).toEqual([...PLACEMENT_RULES, ...FORM_RULES].map(({ name, choose }) => [name, choose]));
  });
});
