// A lone retriever at the top says what a body says without retrievers, where boosts cost far less.
import { isObject, type JsonObject, memberValue } from '../json/json-value.js';
import { scanObject } from '../json/scan.js';
import { findMember, type ObjectSpan } from '../json/span.js';
import { createSpanFinder } from '../json/span-at.js';
import { splice } from '../json/splice.js';

export interface ScannedBody {
  readonly bytes: Buffer;
  /** the scan of exactly these bytes */
  readonly object: ObjectSpan;
}

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
 * The same search with a `standard` or `knn` retriever's members in the body itself, their values to the byte. A body
 * whose retriever is another, says more than that, or would be refused is given back.
 * @param parameters of the URL; undefined when what stands beside the body is not known: then vectors stay where they
 *   are, as engines take no `search_type` beside the `knn` of a body
 */
export function unfoldRetriever(body: ScannedBody, parameters: URLSearchParams | undefined): ScannedBody {
  const { bytes, object } = body;
  const member = findMember(object, 'retriever');
  if (!member || EXCLUDED.some((name) => findMember(object, name))) return body;
  const retriever = memberValue(bytes, object, 'retriever');
  if (!isObject(retriever) || Object.keys(retriever).length > 1) return body;
  const spanAt = createSpanFinder(bytes, object);
  const textAt = (...path: readonly string[]): string => {
    const span = spanAt(['retriever', ...path]);
    return span ? bytes.toString('utf8', span.start, span.end) : '';
  };
  const { standard, knn } = retriever;
  const vectors = parameters !== undefined && !parameters.has('search_type');
  let text: string | undefined;
  if (isObject(standard) && isPlainStandard(standard)) text = standardText(standard, textAt);
  else if (vectors && isObject(knn) && isPlainKnn(knn)) text = `"knn":${textAt('knn')}`;
  if (text === undefined) return body;
  const unfolded = splice(bytes, [{ start: member.keyStart, end: member.valueEnd, text }]);
  const scan = scanObject(unfolded);
  return scan.ok ? { bytes: unfolded, object: scan.object } : body;
}

/** A retriever is read more strictly than a body. */
function isPlainStandard(standard: JsonObject): boolean {
  const { query, filter, min_score } = standard;
  return (
    Object.keys(standard).every((key) => STANDARD.includes(key)) &&
    (query === undefined || isObject(query)) &&
    (filter === undefined || isObject(filter) || (Array.isArray(filter) && filter.every(isObject))) &&
    (min_score === undefined || typeof min_score === 'number')
  );
}

/** A body has defaults for what a retriever has to say. */
function isPlainKnn(knn: JsonObject): boolean {
  const { k, num_candidates } = knn;
  return (
    Object.keys(knn).every((key) => KNN.includes(key)) &&
    typeof k === 'number' &&
    typeof num_candidates === 'number'
  );
}

function standardText(
  { query, filter, min_score }: JsonObject,
  textAt: (...path: readonly string[]) => string,
): string {
  const own = query === undefined ? '' : textAt('standard', 'query');
  const must = own && `"must":${own},`;
  const all =
    filter === undefined
      ? own || '{"match_all":{}}'
      : `{"bool":{${must}"filter":${textAt('standard', 'filter')}}}`;
  return `"query":${all}${min_score === undefined ? '' : `,"min_score":${textAt('standard', 'min_score')}`}`;
}
