// The text of searches that are personalized in parts. What no embedded engine has (`rrf`, `linear`, `pinned`, `rule`,
// `text_similarity_reranker`, `hybrid`) is not run here: test/containers runs Elasticsearch's.

import { describe, expect, test } from '@jest/globals';
import { type BoostPlan, limitPlan } from '../../src/core/boost-plan/boost-plan.js';
import type { EngineKind } from '../../src/core/engine-kind.js';
import { rewriteSearch } from '../../src/query/boosts/rewrite.js';
import { readSearchFacts } from '../../src/query/facts/search-facts.js';
import { choosePlacement, isWindowed } from '../../src/query/placement/placement.js';
import { documentOf } from './document-of.js';

const BOOST = { field: 'brand', value: 'acme', factor: 2, profile: 'individual' } as const;
const PLAN: BoostPlan = {
  category: null,
  profiles: ['individual'],
  boosts: [BOOST],
  overridden: [],
  maxBoost: 30,
};

const FRAME =
  '{"function_score":{"functions":[{"filter":{"term":{"brand":"acme"}},"weight":2}],"score_mode":"multiply","boost_mode":"multiply","max_boost":30,"query":';
const boosted = (query: string) => `${FRAME}${query}}}`;
const zero = (query: string) => boosted(`{"bool":{"must":{"match_all":{}},"filter":${query}}}`);
const rescored = (retriever: string, window = 500, mode = 'multiply') =>
  `{"rescorer":{"retriever":${retriever},"rescore":{"window_size":${window},"query":{"rescore_query":${boosted('{"match_all":{}}')},"score_mode":"${mode}"}}}}`;

function rewrite(text: string, names = false, kind: EngineKind = 'elasticsearch', plan = PLAN): string {
  const body = documentOf(text);
  const capabilities = {
    kind,
    painless: null,
    rescorerRetriever: kind === 'elasticsearch',
    maxWindow: 10_000,
  };
  const placement = choosePlacement(readSearchFacts(body), capabilities);
  if ('skip' in placement) throw new Error(placement.skip);
  const fields = { categoryField: 'category', multiValuedFields: [], names };
  return rewriteSearch({
    body,
    placement,
    plan: isWindowed(placement) ? plan : limitPlan(plan),
    ...fields,
  }).toString();
}

const STANDARD = '{ "standard" : {"query":{"match":{"title":"milk"}}} }';
const KNN = '{"knn":{"field":"v","query_vector":[0.10,1e400,-0],"k":10}}';
const FILTERS = '{"bool":{"filter":[{"term":{"category":"milk"}}]}}';
const MATCH = '{"match":{"title":"milk"}}';

describe('in parts', () => {
  test.each<[string, string, string]>([
    [
      'rrf: every list by itself, unknown ones as they are',
      `{"size":5,"retriever":{"rrf":{"retrievers":[${STANDARD}, ${KNN},{"other":{}}],"rank_constant":1.0}}}`,
      `{"size":5,"retriever":{"rrf":{"retrievers":[${rescored(STANDARD)}, ${rescored(KNN)},{"other":{}}],"rank_constant":1.0}}}`,
    ],
    [
      'linear: weights and normalizers stay outside',
      `{"retriever":{"linear":{"rank_window_size":800,"retrievers":[{"weight":0.50,"retriever":${STANDARD},"normalizer":"minmax"}]}}}`,
      `{"retriever":{"linear":{"rank_window_size":800,"retrievers":[{"weight":0.50,"retriever":${rescored(STANDARD, 800)},"normalizer":"minmax"}]}}}`,
    ],
    [
      'pinned and rule retrievers: what is under the pins',
      `{"size":5,"retriever":{"rule":{"ruleset_ids":["r"],"retriever":{"pinned":{"ids":["1"],"retriever":${STANDARD}}}}}}`,
      `{"size":5,"retriever":{"rule":{"ruleset_ids":["r"],"retriever":{"pinned":{"ids":["1"],"retriever":${rescored(STANDARD)}}}}}}`,
    ],
    [
      'text_similarity_reranker: its own scores, for the hits it brings',
      `{"size":5,"retriever":{"text_similarity_reranker":{"retriever":${STANDARD},"field":"title","rank_window_size":50}}}`,
      `{"size":5,"retriever":${rescored(`{"text_similarity_reranker":{"retriever":${STANDARD},"field":"title","rank_window_size":50}}`, 50)}}`,
    ],
    [
      'a standard retriever without a query matches all',
      '{"size":5,"retriever":{"standard":{"filter":{}}}}',
      `{"size":5,"retriever":{"standard":{"query":${boosted('{"match_all":{}}')},"filter":{}}}}`,
    ],
    [
      'a standard retriever that only filters',
      `{"size":5,"retriever":{"standard":{"query":${FILTERS}}}}`,
      `{"size":5,"retriever":{"standard":{"query":${zero(FILTERS)}}}}`,
    ],
    [
      'pinned hits, where Searchkit puts them',
      `{"query":{"bool":{"filter":[${FILTERS}],"must":[{"function_score":{"query":{"pinned":{"ids":["1"],"organic": ${MATCH} }},"functions":[]}}]}}}`,
      `{"query":{"bool":{"filter":[${FILTERS}],"must":[{"function_score":{"query":{"pinned":{"ids":["1"],"organic": ${boosted(MATCH)} }},"functions":[]}}]}}}`,
    ],
    [
      'rules over pins over filters',
      `{"query":{"rule":{"organic":{"pinned":{"organic":${FILTERS},"ids":["1"]}},"ruleset_ids":["r"]}}}`,
      `{"query":{"rule":{"organic":{"pinned":{"organic":${zero(FILTERS)},"ids":["1"]}},"ruleset_ids":["r"]}}}`,
    ],
    [
      'hybrid: every query by itself',
      `{"query":{"hybrid":{"queries":[${MATCH} ,{"knn":{"v":{"vector":[1.0],"k":5}}},${FILTERS}]}},"search_pipeline":"p"}`,
      `{"query":{"hybrid":{"queries":[${boosted(MATCH)} ,${boosted('{"knn":{"v":{"vector":[1.0],"k":5}}}')},${zero(FILTERS)}]}},"search_pipeline":"p"}`,
    ],
  ])('%s', (_what, text, expected) => {
    expect(rewrite(text)).toBe(expected);
    JSON.parse(expected);
  });

  const NAMED = '[{"term":{"brand":{"value":"acme","_name":"kindred:0"}}}]';

  test('names come from a filter behind that hides nothing', () => {
    expect(rewrite(`{"query":{"pinned":{"organic":${MATCH}}}}`, true)).toBe(
      `{"post_filter":{"bool":{"must":{"match_all":{}},"should":${NAMED}}},"query":{"pinned":{"organic":${boosted(MATCH)}}}}`,
    );
    expect(rewrite(`{"query":{"pinned":{"organic":${MATCH}}},"post_filter":{"term":{"a":1.0}}}`, true)).toBe(
      `{"query":{"pinned":{"organic":${boosted(MATCH)}}},"post_filter":{"bool":{"must":{"term":{"a":1.0}},"should":${NAMED}}}}`,
    );
    expect(rewrite('{"retriever":{"standard":{}}}', true)).toBe(
      `{"post_filter":{"bool":{"must":{"match_all":{}},"should":${NAMED}}},"retriever":{"standard":{"query":${boosted('{"match_all":{}}')}}}}`,
    );
  });

  test('windows take all boosts, queries 30', () => {
    const boosts = Array.from({ length: 40 }, (_, i) => ({ ...BOOST, value: `b${i}` }));
    const plan = { ...PLAN, boosts };
    const sent = (text: string) => rewrite(text, false, 'elasticsearch', plan).match(/"weight"/g)?.length;
    expect(sent(`{"retriever":{"rrf":{"retrievers":[${STANDARD},${KNN}]}}}`)).toBe(2 * 40);
    expect(sent(`{"query":{"pinned":{"organic":${MATCH}}}}`)).toBe(30);
    expect(sent(`{"query":{"hybrid":{"queries":[${MATCH},${MATCH}]}}}`)).toBe(2 * 30);
  });
});
