// A lone retriever at the top says what a body says without retrievers, where boosts cost far less.
import { isObject, memberValue } from './json-value.js';
import { scanObject } from './scan.js';
import { findMember, type ObjectSpan, type Span } from './span.js';
import { createSpanFinder } from './span-at.js';
import { splice } from './splice.js';

export interface ScannedBody {
  readonly bytes: Buffer;
  /** the scan of exactly these bytes */
  readonly object: ObjectSpan;
}

/** Members of a `standard` retriever that mean the same in a body. */
const SAME: readonly string[] = ['sort', 'search_after', 'terminate_after', 'min_score', 'collapse'];
const STANDARD: readonly string[] = [...SAME, 'query', 'filter'];
/** Members of a `knn` retriever that mean the same in the `knn` of a body. */
const KNN: readonly string[] = [
  ...['field', 'query_vector', 'query_vector_builder', 'k', 'num_candidates', 'similarity'],
  ...['rescore_vector', 'filter'],
];
/** What a body may not have beside them. */
const EXCLUDED = [...SAME, 'query', 'knn', 'rescore', 'rank', 'sub_searches'];

/**
 * The same search with a `standard` or `knn` retriever's members in the body itself, their values to the byte. A body
 * whose retriever is another, or says more than that, is given back.
 */
export function unfoldRetriever(body: ScannedBody): ScannedBody {
  const { bytes, object } = body;
  const retriever = findMember(object, 'retriever');
  if (!retriever || EXCLUDED.some((name) => findMember(object, name))) return body;
  const text = membersText(bytes, object, memberValue(bytes, object, 'retriever'));
  if (text === null) return body;
  const unfolded = splice(bytes, [{ start: retriever.keyStart, end: retriever.valueEnd, text }]);
  const scan = scanObject(unfolded);
  return scan.ok ? { bytes: unfolded, object: scan.object } : body;
}

/** What stands for the retriever, or null where nothing does. */
function membersText(bytes: Buffer, object: ObjectSpan, retriever: unknown): string | null {
  if (!isObject(retriever) || Object.keys(retriever).length > 1) return null;
  const spanAt = createSpanFinder(bytes, object);
  if (hasOnly(retriever.knn, KNN)) {
    const span = spanAt(['retriever', 'knn']);
    return span ? `"knn":${bytes.toString('utf8', span.start, span.end)}` : null;
  }
  if (!hasOnly(retriever.standard, STANDARD)) return null;
  const span = spanAt(['retriever', 'standard']);
  return span ? standardText(bytes, span) : null;
}

function hasOnly(value: unknown, known: readonly string[]): boolean {
  return isObject(value) && Object.keys(value).every((key) => known.includes(key));
}

function standardText(bytes: Buffer, span: Span): string | null {
  const scan = scanObject(bytes, span);
  if (!scan.ok) return null;
  const texts = new Map(
    scan.object.members.map(({ key, valueStart, valueEnd }) => [
      key,
      bytes.toString('utf8', valueStart, valueEnd),
    ]),
  );
  const [query, filter] = [texts.get('query'), texts.get('filter')];
  const filtered = `{"bool":{${query === undefined ? '' : `"must":${query},`}"filter":${filter}}}`;
  texts.set('query', filter === undefined ? (query ?? '{"match_all":{}}') : filtered);
  return ['query', ...SAME]
    .flatMap((key) => (texts.has(key) ? [`"${key}":${texts.get(key)}`] : []))
    .join(',');
}
