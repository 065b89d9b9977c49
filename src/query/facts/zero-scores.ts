// Tells from a query whether its hits score 0, where a multiplier of the score would move nothing.
import { isObject, type JsonObject, listOf } from '../json/json-value.js';

/** Which hits of a query score 0: surely none, surely all, or maybe some (then nobody can tell from the query alone). */
export type ZeroScores = 'none' | 'some' | 'all';

/** Query types about one field, whose name is the only member: it holds their boost. */
const OF_FIELD: readonly string[] = [
  ...['match', 'match_phrase', 'match_phrase_prefix', 'match_bool_prefix'],
  ...['term', 'range', 'prefix', 'wildcard', 'regexp', 'fuzzy'],
];
/** Others that score more than 0, as those do, unless their boost is 0. */
const POSITIVE: readonly string[] = ['multi_match', 'terms', 'exists', 'ids', 'match_all', 'constant_score'];
const COMPOUND = ['bool', 'dis_max', 'boosting', 'nested', 'function_score', 'script_score'];

/**
 * What both engines do: a `bool` that only filters scores 0, and what is built upon such queries, multiplies by 0 or has a
 * boost of 0 does so too. Of a type that is not known here it says `some`.
 * @param query parsed; undefined matches all
 */
export function zeroScores(query: unknown): ZeroScores {
  if (query === undefined) return 'none';
  if (!isObject(query)) return 'some';
  const [[type, body] = []] = Object.entries(query);
  if (type === undefined || !isObject(body)) return 'some';
  if (OF_FIELD.includes(type)) return ofTerms(Object.values(body)[0]);
  if (POSITIVE.includes(type)) return ofTerms(body);
  if (isZero(body.boost)) return COMPOUND.includes(type) ? 'all' : 'some';
  switch (type) {
    case 'match_none':
      return 'all';
    case 'bool':
      return ofBool(body);
    case 'dis_max':
      return ofAny(listOf(body.queries).map(zeroScores));
    case 'boosting':
      return product([zeroScores(body.positive), isZero(body.negative_boost) ? 'some' : 'none']);
    case 'nested':
      return body.score_mode === 'none' ? 'all' : zeroScores(body.query);
    case 'function_score':
      return ofFunctionScore(body);
    case 'knn':
    case 'neural':
    case 'neural_sparse':
    case 'sparse_vector':
      return Object.values(body).some((field) => isObject(field) && isZero(field.boost)) ? 'some' : 'none';
    default:
      return 'some';
  }
}

/** Beside the query, vectors find hits of their own, and indices may count for nothing. */
export function zeroScoresBeside(
  query: ZeroScores,
  { knn, indicesBoost }: { readonly knn: unknown; readonly indicesBoost: unknown },
): ZeroScores {
  const vectors = listOf(knn).map((one): ZeroScores => (isObject(one) && isZero(one.boost) ? 'all' : 'none'));
  const scored = vectors.length > 0 ? ofAny([query, ...vectors]) : query;
  const ignored = listOf(indicesBoost).some((one) => isObject(one) && Object.values(one).some(isZero));
  return ignored ? product([scored, 'some']) : scored;
}

/** Terms that are as far from the words as these are long count 0, which `AUTO` lets none be. */
function ofTerms(body: unknown): ZeroScores {
  if (!isObject(body)) return 'none';
  const { boost, fuzziness = 'AUTO', fields = '' } = body;
  if (isZero(boost)) return 'all';
  return String(fuzziness).toUpperCase() === 'AUTO' && !JSON.stringify(fields).includes('^0')
    ? 'none'
    : 'some';
}

const SCORED = ['must', 'should'];
const CLAUSES = [...SCORED, 'filter', 'must_not'];

/** The sum of its scoring clauses. Without any clause it matches all, and scores 1. */
function ofBool(bool: JsonObject): ZeroScores {
  if (CLAUSES.every((name) => listOf(bool[name]).length === 0)) return 'none';
  const must = listOf(bool.must).map(zeroScores);
  const should = listOf(bool.should).map(zeroScores);
  if (must.includes('none')) return 'none';
  if ([...must, ...should].every((zeros) => zeros === 'all')) return 'all';
  const required = must.length === 0 && listOf(bool.filter).length === 0;
  const asked = Number(bool.minimum_should_match) >= 1;
  return (required || asked) && should.length > 0 ? ofAny(should) : 'some';
}

/** A hit of at least one of them. */
function ofAny(parts: readonly ZeroScores[]): ZeroScores {
  const [first = 'all'] = parts;
  return parts.every((zeros) => zeros === first) ? first : 'some';
}

/** Scores that are multiplied. */
function product(parts: readonly ZeroScores[]): ZeroScores {
  if (parts.includes('all')) return 'all';
  return parts.every((zeros) => zeros === 'none') ? 'none' : 'some';
}

/** Scores that are added, or of which the largest counts. */
function sum(parts: readonly ZeroScores[]): ZeroScores {
  if (parts.includes('none')) return 'none';
  return parts.every((zeros) => zeros === 'all') ? 'all' : 'some';
}

function ofFunctionScore(body: JsonObject): ZeroScores {
  const scored = zeroScores(body.query);
  const functions = ofFunctions(body);
  if (functions === null) return scored;
  switch (body.boost_mode ?? 'multiply') {
    case 'replace':
      return functions;
    case 'sum':
    case 'avg':
    case 'max':
      return sum([scored, functions]);
    case 'multiply':
    case 'min':
      return product([scored, functions]);
    default:
      return 'some';
  }
}

const FUNCTIONS = [
  ...['weight', 'field_value_factor', 'script_score', 'random_score'],
  ...['gauss', 'exp', 'linear'],
];

/** Of the factor that the functions make; null without any. A hit that none of them is for has a factor of 1. */
function ofFunctions(body: JsonObject): ZeroScores | null {
  const functions = [
    ...listOf(body.functions).filter(isObject),
    ...(FUNCTIONS.some((name) => name in body) ? [body] : []),
  ];
  if (functions.length === 0) return null;
  const weights = functions.every((one) => FUNCTIONS.every((name) => name === 'weight' || !(name in one)));
  return weights && !isZero(body.max_boost) && !functions.some((one) => isZero(one.weight)) ? 'none' : 'some';
}

/** The engines take numbers written as text, and hold them in single precision. */
function isZero(value: unknown): boolean {
  return (
    (typeof value === 'number' || (typeof value === 'string' && value !== '')) &&
    Math.fround(Number(value)) === 0
  );
}
