// Which parts of a retriever tree are personalized, and how.
import { describe, expect, test } from '@jest/globals';
import { type RetrieverLimits, retrieverSites } from '../../../src/query/placement/placement-sites.js';

const LIMITS: RetrieverLimits = { rescorer: true, window: 500, reach: 24, maxWindow: 10_000 };
const MATCH = { match: { title: 'milk' } };
const FILTERS = { bool: { filter: [{ term: { category: 'milk' } }] } };
const KNN = { knn: { field: 'v', query_vector: [1], k: 10, num_candidates: 50 } };
const standard = (rest: object = {}) => ({ standard: { query: MATCH, ...rest } });
const rescorer = (window_size: number | undefined, retriever: object = standard()) => ({
  rescorer: {
    retriever,
    rescore: [
      { window_size, query: {} },
      { window_size: 70, query: {} },
    ],
  },
});

/** As `path window`, and which hits score 0, where some or all do. */
function sites(retriever: unknown, limits: Partial<RetrieverLimits> = {}): string[] {
  return retrieverSites(retriever, { ...LIMITS, ...limits }).map(
    ({ path, window, zeros, bare }) =>
      `${path.join('.')} ${window ?? 'wrap'}${zeros === 'none' ? '' : ` ${zeros}`}${bare ? ' bare' : ''}`,
  );
}

describe('retrieverSites', () => {
  test.each<[string, object, string[]]>([
    ['standard', standard(), ['retriever.standard.query wrap']],
    ['standard without a query', { standard: {} }, ['retriever.standard wrap bare']],
    ['standard that only filters', { standard: { filter: {} } }, ['retriever.standard wrap bare']],
    ['standard of filters', { standard: { query: FILTERS } }, ['retriever.standard.query wrap all']],
    ['standard with min_score', standard({ min_score: 1 }), []],
    ['standard by score', standard({ sort: '_score' }), ['retriever.standard.query wrap']],
    ['standard by score, then ties', standard({ sort: ['_score', 'a'] }), ['retriever.standard.query wrap']],
    ['standard by price', standard({ sort: [{ price: 'asc' }] }), []],
    ['standard cut off', standard({ terminate_after: 10 }), []],
    ['standard behind a hit', standard({ search_after: [1] }), ['retriever.standard.query wrap']],
    ['standard collapsed', standard({ collapse: { field: 'a' } }), ['retriever.standard.query wrap']],
    ['collapsed with min_score', standard({ collapse: { field: 'a' }, min_score: 1 }), []],
    [
      'standard with pins',
      { standard: { query: { pinned: { ids: ['1'], organic: FILTERS } } } },
      ['retriever.standard.query.pinned.organic wrap all'],
    ],
    ['knn', KNN, ['retriever 500']],
    ['rescorer', rescorer(50), ['retriever 50']],
    ['rescorer of hits with a floor', rescorer(50, standard({ min_score: 1 })), []],
    ['rescorer of default window', rescorer(undefined), ['retriever 10']],
    [
      'reranker',
      { text_similarity_reranker: { retriever: standard(), rank_window_size: 40 } },
      ['retriever 40'],
    ],
    ['reranker by default', { text_similarity_reranker: { retriever: standard() } }, ['retriever 10']],
    [
      'rrf',
      { rrf: { retrievers: [standard(), KNN, { diversify: {} }], rank_window_size: 100 } },
      ['retriever.rrf.retrievers.0 500', 'retriever.rrf.retrievers.1 500'],
    ],
    [
      'rrf of many hits, with weights',
      { rrf: { retrievers: [{ retriever: KNN, weight: 2 }, rescorer(900)], rank_window_size: 800 } },
      ['retriever.rrf.retrievers.0.retriever 800', 'retriever.rrf.retrievers.1 70'],
    ],
    [
      'linear in pinned in rule',
      {
        rule: {
          retriever: {
            pinned: {
              ids: ['1'],
              retriever: { linear: { retrievers: [{ retriever: standard(), normalizer: 'minmax' }] } },
            },
          },
        },
      },
      ['retriever.rule.retriever.pinned.retriever.linear.retrievers.0.retriever 500'],
    ],
    [
      'rrf, one with a floor',
      {
        rrf: { retrievers: [standard(), standard({ min_score: 1 }), { knn: { ...KNN.knn, min_score: 1 } }] },
      },
      ['retriever.rrf.retrievers.0 500'],
    ],
    ['rrf of fields', { rrf: { query: 'milk', fields: ['title'] } }, []],
    ['unknown', { diversify: { retriever: standard() } }, []],
    ['two at once', { ...standard(), ...KNN }, []],
    ['none', {}, []],
    ['no object', { standard: 7 }, []],
  ])('%s', (_what, retriever, expected) => {
    expect(sites(retriever)).toEqual(expected);
  });

  test('pages reach behind any window where the engine sets none', () => {
    expect(sites(standard())).toEqual(['retriever.standard.query wrap']);
    expect(sites({ knn: { ...KNN.knn, k: 700 } })).toEqual(['retriever 700']);
    expect(sites(KNN, { reach: 1_000 })).toEqual(['retriever 1000']);
    expect(sites({ rrf: { retrievers: [standard()], rank_window_size: 1000 } })).toEqual([
      'retriever.rrf.retrievers.0 1000',
    ]);
  });

  test('no window is larger than the index allows', () => {
    const small = { window: 60, maxWindow: 60 };
    expect(sites(KNN, small)).toEqual(['retriever 60']);
    expect(sites(rescorer(65), small)).toEqual([]);
    expect(sites({ rrf: { retrievers: [standard(), KNN], rank_window_size: 61 } }, small)).toEqual([
      'retriever.rrf.retrievers.0.standard.query wrap',
    ]);
  });

  test('without the rescorer retriever queries are wrapped', () => {
    const old = { rescorer: false };
    expect(sites(standard(), old)).toEqual(['retriever.standard.query wrap']);
    expect(sites({ rrf: { retrievers: [standard({ query: FILTERS }), KNN] } }, old)).toEqual([
      'retriever.rrf.retrievers.0.standard.query wrap all',
    ]);
    expect(sites(standard({ min_score: 1 }), old)).toEqual([]);
    expect(sites({ standard: {} }, old)).toEqual(['retriever.standard wrap bare']);
    expect(sites({ text_similarity_reranker: { retriever: standard() } }, old)).toEqual([]);
  });

  test.each([undefined, null, 'standard', [standard()]])('%j is none', (retriever) => {
    expect(sites(retriever)).toEqual([]);
  });
});
