// Reads what a search was typed as: the texts of its full-text queries, wherever they stand.
import { isObject } from '../json/json-value.js';

/** Longer ones name no product. */
const MAX_LENGTH = 256;
/** More than these are not one text that was typed. */
const MAX_TEXTS = 3;

/** Queries of a text in one field: `{ field: "text" }` or `{ field: { query: "text" } }`. */
const BY_FIELD: readonly string[] = ['match', 'match_phrase', 'match_phrase_prefix', 'match_bool_prefix'];
/** Queries of a text in several fields: `{ query: "text" }`. */
const BY_QUERY: readonly string[] = ['multi_match', 'combined_fields', 'query_string', 'simple_query_string'];
/** What is under these was not typed, or is not wanted. */
const LEFT_OUT: readonly string[] = ['filter', 'must_not', 'negative', 'functions', 'script'];

/**
 * Each text once, without white space and quotation marks around it, in the order of the request; empty where there is
 * none or there are too many.
 * @param sources parsed queries and retrievers, and the URL's `q`
 */
export function searchTexts(sources: readonly unknown[]): readonly string[] {
  const found = new Map<string, string>();
  for (const source of sources) {
    if (typeof source === 'string') add(found, source);
    else collect(source, found);
  }
  return found.size > MAX_TEXTS ? [] : [...found.values()];
}

function collect(value: unknown, found: Map<string, string>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, found);
  if (!isObject(value)) return;
  for (const [name, part] of Object.entries(value)) {
    if (LEFT_OUT.includes(name)) continue;
    if (BY_FIELD.includes(name) && isObject(part))
      for (const one of Object.values(part)) add(found, isObject(one) ? one.query : one);
    else if (BY_QUERY.includes(name) && isObject(part)) add(found, part.query);
    else collect(part, found);
  }
}

function add(found: Map<string, string>, value: unknown): void {
  if (typeof value !== 'string' && typeof value !== 'number') return;
  const text = String(value)
    .trim()
    .replace(/^"(.*)"$/s, '$1')
    .trim();
  if (text !== '' && text.length <= MAX_LENGTH) found.set(text.toLowerCase(), text);
}
