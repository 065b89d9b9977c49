// The order of a result list: how it is sorted, and what all its pages have in common.
import type { JsonDocument } from '../json/json-document.js';
import { isObject, listOf } from '../json/json-value.js';

/**
 * `relevance`: by `_score` alone, best first · `relevance-then-ties`: by `_score` first, tie-breakers behind ·
 * `other`: by something else first, or worst first.
 */
export type SortKind = 'relevance' | 'relevance-then-ties' | 'other';

interface SortKey {
  readonly field: string;
  readonly descending: boolean;
}

/**
 * A `sort` does not mean "not scored": Search UI always sends `"_score"`, Searchkit `{"_score":"desc"}`.
 * @param body the body's parsed `sort`
 * @param url the URL parameter; the engines put its keys behind the body's
 */
export function readSortKind(body: unknown, url: string | undefined): SortKind {
  const keys = [...listOf(body).flatMap(bodyKeys), ...(url ?? '').split(',').filter(Boolean).map(urlKey)];
  const first = keys[0];
  if (!first) return 'relevance';
  if (first.field !== '_score' || !first.descending) return 'other';
  return keys.length === 1 ? 'relevance' : 'relevance-then-ties';
}

/** `"_score"`, `{"_score":"desc"}`, `{"_score":{"order":"desc"}}`, or several keys in one object. */
function bodyKeys(key: unknown): SortKey[] {
  if (!isObject(key)) return [sortKey(String(key), undefined)];
  return Object.entries(key).map(([field, order]) => sortKey(field, isObject(order) ? order.order : order));
}

/** `price` or `price:asc` */
function urlKey(key: string): SortKey {
  const [, field, order] = /^(.+):(asc|desc)$/.exec(key) ?? [];
  return sortKey(field ?? key, order);
}

/** Without an order, `_score` sorts best first and anything else ascending. */
function sortKey(field: string, order: unknown): SortKey {
  const named = order ?? (field === '_score' ? 'desc' : 'asc');
  return { field, descending: typeof named === 'string' && named.toLowerCase() === 'desc' };
}

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
