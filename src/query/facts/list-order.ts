// The order of a result list: how it is sorted, and what all its pages have in common.
import type { JsonDocument } from '../json/json-document.js';
import { isObject, listOf } from '../json/json-value.js';

/**
 * `relevance`: by `_score` alone, best first · `relevance-then-ties`: by `_score` first, tie-breakers behind ·
 * `ties-by-relevance`: by something else first, then by `_score` · `other`: the score decides nothing, or worst first.
 */
export type SortKind = 'relevance' | 'relevance-then-ties' | 'ties-by-relevance' | 'other';

interface SortKey {
  readonly field: string;
  /** a direction, or an object with it and more */
  readonly order: unknown;
}

/** Sort keys by which no two hits of a shard are equal. */
const UNIQUE: readonly string[] = ['_doc', '_shard_doc', '_id', '_seq_no'];

/**
 * A `sort` does not mean "not scored": Search UI always sends `"_score"`, Searchkit `{"_score":"desc"}`.
 * @param body the body's parsed `sort`
 * @param url the URL parameter; the engines put its keys behind the body's
 * @param idField mapping path of the products' ids
 */
export function readSortKind(body: unknown, url?: string, idField?: string): SortKind {
  const keys = [...listOf(body).flatMap(bodyKeys), ...(url ?? '').split(',').filter(Boolean).map(urlKey)];
  if (keys.length === 0) return 'relevance';
  const position = keys.findIndex(({ field }) => field === '_score');
  const score = keys[position];
  if (!score || !isDescending(score)) return 'other';
  if (position === 0) return keys.length === 1 ? 'relevance' : 'relevance-then-ties';
  const before = keys.slice(0, position);
  return before.some((key) => leavesNoTies(key, idField) || readsScore(key)) ? 'other' : 'ties-by-relevance';
}

function leavesNoTies({ field }: SortKey, idField: string | undefined): boolean {
  return UNIQUE.includes(field) || (idField !== undefined && `${field}.`.startsWith(`${idField}.`));
}

/** Scripts can; what a stored one reads nobody can tell. Multiplied scores would make other groups then. */
function readsScore({ field, order }: SortKey): boolean {
  if (field !== '_script' || !isObject(order)) return false;
  const { script } = order;
  return (isObject(script) && script.id !== undefined) || JSON.stringify(script ?? '').includes('_score');
}

/** `"_score"`, `{"_score":"desc"}`, `{"_score":{"order":"desc"}}`, or several keys in one object. */
function bodyKeys(key: unknown): SortKey[] {
  if (!isObject(key)) return [{ field: String(key), order: undefined }];
  return Object.entries(key).map(([field, order]) => ({ field, order }));
}

/** `price` or `price:asc` */
function urlKey(key: string): SortKey {
  const [, field, order] = /^(.+):(asc|desc)$/.exec(key) ?? [];
  return { field: field ?? key, order };
}

/** Of `_score`, which sorts best first without an order. */
function isDescending({ order }: SortKey): boolean {
  const named = (isObject(order) ? order.order : order) ?? 'desc';
  return typeof named === 'string' && named.toLowerCase() === 'desc';
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
