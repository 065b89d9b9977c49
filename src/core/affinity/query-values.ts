// Values and categories that a search text names: its words, matched with the catalog's (docs/profiles.md, "Searches").
import { ancestors, lastLevel } from '../category-paths.js';
import type { ProductValues } from '../product.js';

const MAX_CHARACTERS = 1_024;
const MAX_WORDS = 20;
/** Texts that name nothing by themselves: they are the values of flags. */
const FLAGS = ['true', 'false', 'yes', 'no'];

export interface NamedByQuery {
  /** field → values whose text is in the query */
  readonly values: ProductValues;
  readonly categories: readonly string[];
}

export type QueryReader = (query: string) => NamedByQuery;

interface Meaning {
  /** null: the value is a category */
  readonly field: string | null;
  readonly value: string;
}

/**
 * "Nike RED running-shoes" → brand Nike, colour red, category "Running Shoes". A value is named when all its words
 * follow each other in the query, whatever their case, accents, apostrophes and plural s; the longest text wins, so
 * that "denim shirt" is not "shirt" as well, and what stands in two fields counts in both. Texts with fewer than two
 * letters (sizes, years, bands of numbers) and flags name nothing. Reads 1,024 characters and 20 words of a query.
 * @param separator of categories that are paths: they are named by their last level, and their parents with them
 * @param values fields with their values; a field may come more than once
 */
export function createQueryReader(
  values: Iterable<readonly [field: string, values: Iterable<string>]>,
  categories: Iterable<string>,
  separator: string | null = null,
): QueryReader {
  const meanings = new Map<string, Meaning[]>();
  let mostWords = 0;
  function learn(field: string | null, value: string, called = value): void {
    const words = namingWords(called);
    if (words.length === 0) return;
    mostWords = Math.max(mostWords, words.length);
    const text = words.join(' ');
    const known = meanings.get(text);
    if (known) known.push({ field, value });
    else meanings.set(text, [{ field, value }]);
  }
  for (const [field, list] of values) for (const value of list) learn(field, value);
  for (const category of categories) learn(null, category, lastLevel(category, separator));

  return (query) => {
    const words = wordsOf(query.slice(0, MAX_CHARACTERS)).slice(0, MAX_WORDS);
    const taken = new Set<number>();
    const found: Meaning[] = [];
    for (let length = Math.min(mostWords, words.length); length > 0; length--)
      for (let start = 0; start + length <= words.length; start++) {
        const places = Array.from({ length }, (_, offset) => start + offset);
        if (places.some((place) => taken.has(place))) continue;
        const named = meanings.get(words.slice(start, start + length).join(' '));
        if (!named) continue;
        for (const place of places) taken.add(place);
        found.push(...named);
      }
    return gather(found, separator);
  };
}

function gather(found: readonly Meaning[], separator: string | null): NamedByQuery {
  const values = new Map<string, string[]>();
  const categories = new Set<string>();
  for (const { field, value } of new Set(found)) {
    if (field !== null) values.set(field, [...(values.get(field) ?? []), value]);
    else for (const category of [value, ...ancestors(value, separator)]) categories.add(category);
  }
  return { values, categories: [...categories] };
}

/** The words of a value or category; none when it names nothing, or is longer than any query that is read. */
function namingWords(text: string): string[] {
  if (!/\p{L}.*\p{L}/su.test(text) || FLAGS.includes(text.toLowerCase())) return [];
  const words = wordsOf(text);
  return words.length > MAX_WORDS ? [] : words;
}

const ASCII = /^[\x20-\x7e]*$/;

/** Lower case, without accents, apostrophes and plural endings. Catalogs are large: plain text takes the short way. */
function wordsOf(text: string): string[] {
  const words = ASCII.test(text)
    ? text
        .replaceAll("'", '')
        .toLowerCase()
        .match(/[a-z0-9]+/g)
    : text
        .normalize('NFKD')
        .replaceAll(/[\p{M}'’ʼ]/gu, '')
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu);
  return words?.map(singular) ?? [];
}

/** shoes → shoe, dresses → dress, watches → watch; not glass, lotus, tennis or 60s. */
function singular(word: string): string {
  if (!word.endsWith('s') || word.length < 4) return word;
  return /(?:ss|x|z|ch|sh)es$/.test(word) ? word.slice(0, -2) : word.replace(/(?<=[^siu\d])s$/, '');
}
