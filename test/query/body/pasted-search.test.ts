// A pasted search: what of it is run, and what is refused in words.
import { describe, expect, test } from '@jest/globals';
import { pastedSearch } from '../../../src/query/body/pasted-search.js';

const run = (text: string) => {
  const pasted = pastedSearch(text, { size: 24, _source: ['title'] });
  return pasted.ok ? pasted.body.toString('utf8') : pasted.finding.message;
};
const MEMBERS = '"size":24,"_source":["title"]';

test.each([
  ['{}', `{${MEMBERS}}`],
  ['{"size":500}', `{${MEMBERS}}`],
  [
    '{"query":{"range":{"id":{"gte":9007199254740993}}}}',
    `{${MEMBERS},"query":{"range":{"id":{"gte":9007199254740993}}}}`,
  ],
  ['{"from":10,"query":{"match_all":{}},"aggs":{}}', `{${MEMBERS},"query":{"match_all":{}}}`],
  ['{"min_score":1.50,"explain":true}', `{${MEMBERS},"min_score":1.50}`],
  ['{"ext":{"kindred":{"user_id":"ann","off":true}}}', `{${MEMBERS}}`],
  [
    '{"ext":{"kindred":{"category":"shoes"},"ubi":{"client_id":"c"}}}',
    `{${MEMBERS},"ext":{"kindred":{"category":"shoes"}}}`,
  ],
  ['{"query":{"term":{"index":{"value":"a"}}}}', `{${MEMBERS},"query":{"term":{"index":{"value":"a"}}}}`],
])('%s runs as %s', (text, expected) => expect(run(text)).toBe(expected));

describe('is refused', () => {
  test.each([
    ['null', /one JSON object/],
    ['{"query":}', /not JSON \(line 1, character 10\)/],
    ['{\n "a": 1,\n "b": tru\n}', /not JSON \(line 3, /],
    ['{"a":{"b":1,"b":2}}', /key twice/],
    [`{"a":${'['.repeat(3_000)}${']'.repeat(3_000)}}`, /nested too deep/],
    ['{"query":{"geo_shape":{"area":{"indexed_shape":{"id":"x"}}}}}', /catalog alone.*indexed_shape/],
    [
      '{"query":{"bool":{"filter":[{"terms":{"id":{"index":"users","id":"1","path":"ids"}}}]}}}',
      /catalog alone.*index/,
    ],
    ['{"query":{"percolate":{"field":"q","index":"x","id":"1"}}}', /catalog alone.*index/],
    ['{"ext":{"kindred":7}}', /ext\.kindred/],
  ])('%s', (text, words) => expect(run(text)).toMatch(words));
});
