// Queries that storefronts send, nested as they nest them, and now and then one that the engines refuse.
import fc from 'fast-check';
import { digits, keyed, maybe, named, object, oneOrSeveral, pickOne, weighted } from './arbitrary-tools.js';
import { BRANDS, CATEGORIES, COLORS, TAGS, WORDS } from './shop.js';
import type { Json, JsonObject } from './spelling.js';

export type Query = fc.Arbitrary<JsonObject>;

export const words: fc.Arbitrary<string> = fc
  .array(pickOne(...WORDS, ...CATEGORIES, 'nowhere', '7', 'ein "Wort"', 'é/\\'), {
    minLength: 1,
    maxLength: 3,
  })
  .map((list) => list.join(' '));

const boost = maybe(pickOne<Json>(2, 0.5, 1.0, 0, 1e3), 8);
const _name = maybe(pickOne('shop', 'kindred'), 12);
const keywordField = pickOne('brand', 'category', 'color', 'tags');
const anyKeyword = pickOne(...BRANDS, ...CATEGORIES, ...COLORS, ...TAGS, 'none', '');

export const match: Query = weighted(
  [3, keyed(pickOne('title', 'description'), words, 'match')],
  [
    2,
    keyed(
      pickOne('title', 'description', 'brand'),
      object({
        query: words,
        operator: maybe(pickOne('and', 'or')),
        fuzziness: maybe(pickOne<Json>('AUTO', 1), 6),
        minimum_should_match: maybe(pickOne<Json>(1, '75%', '2<-1'), 6),
        boost,
        _name,
      }),
      'match',
    ),
  ],
);

const multiMatch: Query = named('multi_match', {
  query: words,
  fields: pickOne<Json>(['title'], ['title^3', 'description'], ['title', 'brand^2'], ['*']),
  type: maybe(
    pickOne('best_fields', 'most_fields', 'cross_fields', 'phrase', 'phrase_prefix', 'bool_prefix'),
  ),
  operator: maybe(pickOne('and', 'or')),
  fuzziness: maybe(pickOne('AUTO'), 8),
  tie_breaker: maybe(pickOne(0.3)),
  lenient: maybe(fc.boolean(), 8),
  boost,
});

const phrase: Query = weighted(
  [1, keyed(pickOne('title'), words, 'match_phrase')],
  [1, keyed(pickOne('title'), object({ query: words, slop: pickOne(0, 2) }), 'match_phrase')],
  [1, keyed(pickOne('title'), words, 'match_phrase_prefix')],
  [1, keyed(pickOne('title'), words, 'match_bool_prefix')],
);

export const term: Query = weighted(
  [3, keyed(keywordField, anyKeyword, 'term')],
  [
    1,
    keyed(
      keywordField,
      object({ value: anyKeyword, case_insensitive: maybe(fc.boolean()), boost, _name }),
      'term',
    ),
  ],
  [1, keyed(pickOne('in_stock'), fc.boolean(), 'term')],
  [
    1,
    keyed(pickOne('sku', 'popularity'), digits('9007199254740993', '9007199254740997', '12', '-0'), 'term'),
  ],
);

const category: Query = weighted(
  [3, keyed(pickOne('category'), pickOne(...CATEGORIES), 'term')],
  [
    1,
    keyed(
      pickOne('category'),
      pickOne(...CATEGORIES).map((one) => [one]),
      'terms',
    ),
  ],
);

const terms: Query = weighted(
  [3, keyed(keywordField, fc.array(anyKeyword, { maxLength: 4 }), 'terms')],
  [
    1,
    keyed(
      pickOne('sku'),
      fc.array(digits('9007199254740993', '9007199254740994', '1e2'), { maxLength: 3 }),
      'terms',
    ),
  ],
);

const bound = pickOne<Json>(0, 9.99, 10, 100, '20');
const range: Query = weighted(
  [
    3,
    keyed(
      pickOne('price', 'popularity', 'rating'),
      object({ gte: maybe(bound, 2), lt: maybe(bound, 2), boost }),
      'range',
    ),
  ],
  [
    1,
    keyed(pickOne('sku'), object({ gt: digits('9007199254740993', '9007199254741100.0', '1e18') }), 'range'),
  ],
  [
    1,
    keyed(
      pickOne('added'),
      object({
        gte: pickOne('2026-03-01', '2026-03-01||/M', '2026-02-31'),
        format: maybe(pickOne('strict_date')),
      }),
      'range',
    ),
  ],
);

const other: Query = weighted(
  [2, named('exists', { field: pickOne('color', 'rating', 'unmapped') })],
  [2, keyed(pickOne('values'), fc.array(pickOne('1', '12', '299', 'x'), { maxLength: 5 }), 'ids')],
  [1, keyed(pickOne('brand', 'title'), pickOne('a', 'bo', 'z'), 'prefix')],
  [1, keyed(pickOne('title', 'title.raw'), pickOne('fr*', '*milk*', 'o?t'), 'wildcard')],
  [1, keyed(pickOne('title'), pickOne('frish', 'milc'), 'fuzzy')],
  [
    1,
    named('simple_query_string', {
      query: pickOne('fresh +milk', 'oat | -dark', '"slim milk"~2'),
      fields: pickOne<Json>(['title', 'description^2']),
    }),
  ],
  [
    1,
    named('query_string', {
      query: pickOne('title:fresh AND brand:acme', 'milk OR (oat', 'price:[1 TO 10]'),
      default_field: maybe(pickOne('title')),
    }),
  ],
  [
    1,
    named('more_like_this', {
      fields: pickOne<Json>(['title']),
      like: words,
      min_term_freq: pickOne(1),
      min_doc_freq: pickOne(1),
    }),
  ],
);

const all: Query = weighted(
  [3, pickOne<JsonObject>({ match_all: {} })],
  [1, named('match_all', { boost: pickOne(0, 1.2, 3) })],
  [1, pickOne<JsonObject>({ match_none: {} })],
);

/** What scores. */
const leaf: Query = weighted<JsonObject>(
  [6, match],
  [4, multiMatch],
  [2, phrase],
  [2, term],
  [1, terms],
  [1, range],
  [2, other],
  [2, all],
);

/** What selects. */
export const filter: Query = weighted<JsonObject>(
  [4, term],
  [3, category],
  [3, terms],
  [3, range],
  [2, other],
  [1, match],
  [
    1,
    object({
      bool: object({
        should: fc.array(term, { minLength: 1, maxLength: 2 }),
        minimum_should_match: maybe(pickOne<Json>(1, '1')),
      }),
    }),
  ],
  [1, object({ bool: object({ must_not: oneOrSeveral(term) }) })],
);

/** The shop's own: relevance times popularity, boosted campaigns, newer first. */
function functionScore(inner: Query): Query {
  const popularity = pickOne<JsonObject>(
    { field_value_factor: { field: 'popularity', modifier: 'sqrt', missing: 1 } },
    { field_value_factor: { field: 'rating', factor: 1.2, modifier: 'ln1p', missing: 0 } },
  );
  const campaign = object({ filter: term, weight: pickOne(1.5, 3, 0.5) });
  const decay = pickOne<JsonObject>(
    { gauss: { price: { origin: 20, scale: 15 } } },
    { exp: { added: { origin: '2026-06-01', scale: '60d', decay: 0.4 } }, weight: 2 },
  );
  return named('function_score', {
    query: maybe(inner, 2),
    functions: fc.array(weighted<JsonObject>([3, popularity], [2, campaign], [1, decay]), {
      minLength: 1,
      maxLength: 3,
    }),
    score_mode: maybe(pickOne('multiply', 'sum', 'avg', 'first', 'max')),
    boost_mode: maybe(pickOne('multiply', 'sum', 'replace', 'avg')),
    max_boost: maybe(pickOne(10), 8),
    min_score: maybe(pickOne(0.5, 2), 10),
    boost,
  });
}

/** A `bool` that only filters: a category page. */
export const filterOnly: Query = named('bool', {
  filter: oneOrSeveral(filter),
  must_not: maybe(oneOrSeveral(term), 5),
});

function bool(inner: Query): Query {
  return named('bool', {
    must: maybe(oneOrSeveral(inner), 2),
    should: maybe(oneOrSeveral(inner), 3),
    filter: maybe(oneOrSeveral(filter), 2),
    must_not: maybe(oneOrSeveral(filter), 6),
    minimum_should_match: maybe(pickOne<Json>(0, 1, '50%'), 6),
    boost,
    _name,
  });
}

const { query: nested } = fc.letrec<{ query: JsonObject }>((tie) => {
  const inner = tie('query');
  const compound = weighted<JsonObject>(
    [6, bool(inner)],
    [3, functionScore(inner)],
    [1, named('constant_score', { filter, boost })],
    [
      1,
      named('dis_max', {
        queries: fc.array(inner, { minLength: 1, maxLength: 3 }),
        tie_breaker: maybe(pickOne(0.2)),
        boost,
      }),
    ],
    [1, named('boosting', { positive: inner, negative: filter, negative_boost: pickOne(0.2) })],
  );
  return { query: fc.oneof({ maxDepth: 3, depthSize: 'small', withCrossShrink: true }, leaf, compound) };
});

/** Any query that is meant to work. */
export const query: Query = weighted<JsonObject>(
  [8, nested],
  [3, functionScore(match)],
  [3, bool(leaf)],
  [2, filterOnly],
);

/** What both engines refuse, or should. */
export const badQuery: fc.Arbitrary<Json> = pickOne<Json>(
  { matches: { title: 'milk' } },
  { match: { title: 'milk' }, term: { brand: 'acme' } },
  { match: {} },
  { term: { brand: {} } },
  { terms: { brand: 'acme' } },
  { range: { price: { gte: 'cheap' } } },
  { range: { price: { over: 3 } } },
  { bool: { maybe: [] } },
  { bool: { must: 'milk' } },
  { function_score: { query: { match_all: {} }, functions: [{ weight: -1 }] } },
  { function_score: { functions: [{ field_value_factor: { field: 'title' } }] } },
  { ids: {} },
  // Of a product without a rating.
  { function_score: { functions: [{ field_value_factor: { field: 'rating' } }] } },
  { match: { title: { query: 'milk', fuzzy: 'very' } } },
  { match_phrase: { sku: 'milk' } },
  { nested: { path: 'tags', query: { match_all: {} } } },
  {},
  [],
  null,
  'milk',
  3,
);
