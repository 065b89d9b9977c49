// What of a search decides the order of its hits: two pages of one list have all of it in common.
import type { JsonDocument } from '../json/json-document.js';

/** Not here: what cuts pages out, and what is shown of hits or beside them. */
const BODY = [
  'query',
  'knn',
  'retriever',
  'post_filter',
  'sort',
  'collapse',
  'rescore',
  'min_score',
  'indices_boost',
  'runtime_mappings',
  'search_pipeline',
];
const URL = [
  'q',
  'df',
  'default_operator',
  'analyzer',
  'lenient',
  'analyze_wildcard',
  'sort',
  'search_pipeline',
];

/** Texts, with an empty one where there is nothing, so that no two searches have the same texts by accident. */
export function listFingerprint(body: JsonDocument, parameters?: URLSearchParams): string[] {
  const inBody = BODY.map((name) => body.text(name));
  const inUrl = parameters?.size ? URL.map((name) => parameters.getAll(name).join('\n')) : [];
  return [...inBody, ...inUrl];
}

/** Whether a search asks for a page behind the first. */
export function isLaterPage({
  from,
  members,
}: {
  readonly from: number;
  readonly members: ReadonlySet<string>;
}): boolean {
  return from > 0 || members.has('search_after');
}
