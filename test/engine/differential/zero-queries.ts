// Queries that score 0 for all or some of their hits, in the forms in which storefronts come to send them.
import fc from 'fast-check';
import { keyed, maybe, named, object, oneOrSeveral, pickOne, weighted } from './arbitrary-tools.js';
import { filter, filterOnly, match, type Query, term } from './queries.js';
import type { Json, JsonObject } from './spelling.js';

/** A factor that is 0 for many products, or for all. */
const factor: Query = weighted<JsonObject>(
  [3, pickOne<JsonObject>({ field_value_factor: { field: 'popularity', modifier: 'sqrt', missing: 1 } })],
  [2, pickOne<JsonObject>({ field_value_factor: { field: 'rating', missing: 0 } })],
  [1, pickOne<JsonObject>({ field_value_factor: { field: 'sales', missing: 0 } })],
  [1, pickOne<JsonObject>({ linear: { price: { origin: 0, scale: 8 } } })],
  [2, object({ filter: term, weight: pickOne<Json>(0, 2) })],
  [1, pickOne<JsonObject>({ weight: 0 }, { weight: 3 })],
);

const nested = object({
  nested: object({
    path: pickOne('attributes'),
    query: weighted<JsonObject>(
      [1, pickOne<JsonObject>({ term: { 'attributes.name': 'list' } })],
      [1, pickOne<JsonObject>({ bool: { filter: { range: { 'attributes.position': { lte: 2 } } } } })],
    ),
    score_mode: maybe(pickOne('none', 'none', 'sum', 'avg', 'max'), 2),
  }),
});

/** A boost of 0, on a query of any kind. */
const ignored: Query = weighted<JsonObject>(
  [1, named('constant_score', { filter, boost: pickOne<Json>(0, 0.0, '0') })],
  [
    1,
    keyed(
      pickOne('title'),
      object({ query: pickOne('fresh', 'oat milk'), boost: pickOne<Json>(0) }),
      'match',
    ),
  ],
  [
    1,
    named('multi_match', {
      query: pickOne('fresh'),
      fields: pickOne<Json>(['title^0', 'brand'], ['title^0']),
    }),
  ],
  [1, named('match_all', { boost: pickOne(0) })],
);

/** Only one of them says that it filters; the others are built upon it. */
const { query } = fc.letrec<{ query: JsonObject }>((tie) => {
  const inner = tie('query');
  const compound = weighted<JsonObject>(
    [
      3,
      named('function_score', {
        query: inner,
        functions: fc.array(factor, { minLength: 1, maxLength: 2 }),
        score_mode: maybe(pickOne('sum', 'max', 'first', 'min'), 3),
        boost_mode: maybe(pickOne('sum', 'replace', 'max', 'min', 'avg'), 3),
        max_boost: maybe(pickOne(0, 5), 8),
      }),
    ],
    [
      2,
      named('dis_max', {
        queries: fc.array(weighted([3, inner], [1, match]), { minLength: 1, maxLength: 3 }),
        tie_breaker: maybe(pickOne(0.3)),
      }),
    ],
    [1, named('boosting', { positive: inner, negative: filter, negative_boost: pickOne(0, 0.3) })],
    [
      4,
      named('bool', {
        filter: oneOrSeveral(filter),
        should: oneOrSeveral(weighted([2, match], [1, inner])),
        must: maybe(inner, 3),
        minimum_should_match: maybe(pickOne<Json>(0, 1, '50%', '2<75%'), 4),
      }),
    ],
  );
  return {
    query: fc.oneof(
      { maxDepth: 2, depthSize: 'small', withCrossShrink: true },
      { weight: 3, arbitrary: filterOnly },
      { weight: 1, arbitrary: nested },
      { weight: 1, arbitrary: ignored },
      {
        weight: 1,
        arbitrary: pickOne<JsonObject>(
          { query_string: { query: 'NOT brand:acme' } },
          { simple_query_string: { query: '-dark', fields: ['title'] } },
        ),
      },
      { weight: 6, arbitrary: compound },
    ),
  };
});

export const zeroScored: Query = query;
