// Turns a lone `standard` or `knn` retriever into the same search without retrievers, where boosts cost far less.
import type { JsonDocument } from '../json/json-document.js';
import { isObject, type JsonObject } from '../json/json-value.js';

const STANDARD: readonly string[] = ['query', 'filter', 'min_score'];
const KNN: readonly string[] = [
  ...['field', 'query_vector', 'query_vector_builder', 'k', 'num_candidates', 'similarity'],
  ...['rescore_vector', 'filter'],
];
/** What a body may not have beside them. */
const EXCLUDED = [
  ...['query', 'knn', 'min_score', 'sort', 'search_after', 'terminate_after', 'collapse', 'rescore'],
  ...['rank', 'sub_searches'],
];

/**
 * The same search with a `standard` or `knn` retriever's members in the body itself, their values to the byte. Returned as
 * it is: a body with another retriever, with members of it that a body has not, or that the engine would refuse.
 * @param parameters of the URL; undefined when they are not known: then a `knn` retriever stays, as engines refuse
 *   `search_type` beside the `knn` of a body
 */
export function unfoldRetriever(body: JsonDocument, parameters: URLSearchParams | undefined): JsonDocument {
  if (!body.has('retriever') || EXCLUDED.some((name) => body.has(name))) return body;
  const retriever = body.value('retriever');
  if (!isObject(retriever) || Object.keys(retriever).length > 1) return body;
  const { standard, knn } = retriever;
  const vectors = parameters !== undefined && !parameters.has('search_type');
  const unfolded = (text: string) => body.edited(body.replaceMember('retriever', text));
  if (isObject(standard) && isPlainStandard(standard)) return unfolded(standardText(body, standard));
  if (vectors && isObject(knn) && isPlainKnn(knn)) return unfolded(`"knn":${body.text('retriever', 'knn')}`);
  return body;
}

/** Engines refuse some forms in a retriever that they take in a body. */
function isPlainStandard(standard: JsonObject): boolean {
  const { query, filter, min_score } = standard;
  return (
    Object.keys(standard).every((key) => STANDARD.includes(key)) &&
    (query === undefined || isObject(query)) &&
    (filter === undefined || isObject(filter) || (Array.isArray(filter) && filter.every(isObject))) &&
    (min_score === undefined || typeof min_score === 'number')
  );
}

/** Both numbers are required in a retriever, and optional in a body. */
function isPlainKnn(knn: JsonObject): boolean {
  const { k, num_candidates } = knn;
  return (
    Object.keys(knn).every((key) => KNN.includes(key)) &&
    typeof k === 'number' &&
    typeof num_candidates === 'number'
  );
}

function standardText(body: JsonDocument, { filter, min_score }: JsonObject): string {
  const textOf = (name: string) => body.text('retriever', 'standard', name);
  const own = textOf('query');
  const must = own && `"must":${own},`;
  const all =
    filter === undefined ? own || '{"match_all":{}}' : `{"bool":{${must}"filter":${textOf('filter')}}}`;
  return `"query":${all}${min_score === undefined ? '' : `,"min_score":${textOf('min_score')}`}`;
}
