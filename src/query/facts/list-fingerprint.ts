// The parts of a search that decide the order of its hits: all pages of one result list have them in common.
import type { JsonDocument } from '../json/json-document.js';

/** Without what selects a page, and what is returned of hits or beside them. */
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

/** A text for each part, empty where it is absent, so that different searches never have the same texts. */
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
