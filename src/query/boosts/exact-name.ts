// Keeps the product that a search names in front of what personalization raises: by title, id, SKU or barcode.
import type { Catalog } from '../../core/catalog.js';
import type { BoostFields } from '../placement/engine-capabilities.js';
import { factorText } from './boost-text.js';

/** Which fields of a catalog name a product. */
export interface NameFields {
  /** keyword fields, where equal text is the name */
  readonly exact: readonly string[];
  /** `long` fields, for texts that are numbers */
  readonly numbers: readonly string[];
  /** the title as text; null where it is none, or knows no positions of words */
  readonly phrase: string | null;
}

/** A filter of one search, and the factor of hits that meet it. */
export interface NameFilter {
  /** what it is called in a hit's `matched_queries` */
  readonly name: string;
  /** queries, one of which a hit has to meet */
  readonly clauses: readonly string[];
  readonly factor: number;
}

/** Of several that a hit meets, the largest factor counts. */
export type ExactName = readonly NameFilter[];

const EXACT_NAME = 'kindred:exact';
const PHRASE_NAME = 'kindred:phrase';

/** So many words that follow each other in a title are its name, or the most of it; fewer are what many titles share. */
const MIN_PHRASE_WORDS = 4;
const MAX_FACTOR = 1e6;
const MAX_FIELDS = 8;
const CODES =
  /(^|[._-])(sku|ean|ean13|ean8|gtin|gtin1[234]|gtin8|upc|isbn|isbn1[03]|barcode|mpn|asin|plu|(article|item|product|part|model|style)[_-]?(no|number|nr|code|id))s?([._-]|$)/i;

type NamedBy = Pick<Catalog, 'idField' | 'titleField'>;

/** A mapping may have thousands of fields, and is read anew every few seconds. */
const read = new WeakMap<BoostFields, NameFields>();

/** @param fields of this catalog's mapping */
export function nameFields(catalog: NamedBy, fields: BoostFields): NameFields {
  const known = read.get(fields);
  if (known) return known;
  const made = readNameFields(catalog, fields);
  read.set(fields, made);
  return made;
}

function readNameFields({ idField, titleField }: NamedBy, { names }: BoostFields): NameFields {
  const under = (path: string, field: string) => path === field || path.startsWith(`${field}.`);
  const isCode = (path: string) => CODES.test(path);
  const keywords = [...(names?.keywords ?? [])];
  const listed = [
    ...keywords.filter((path) => under(path, titleField)),
    ...keywords.filter((path) => under(path, idField)),
    ...keywords.filter(isCode),
  ];
  return {
    exact: [...new Set(['_id', ...listed])].slice(0, MAX_FIELDS),
    numbers: [...(names?.longs ?? [])]
      .filter((path) => under(path, idField) || isCode(path))
      .slice(0, MAX_FIELDS),
    phrase: names?.phrases.has(titleField) ? titleField : null,
  };
}

/**
 * A hit whose title, id or code is the text gets `factor`², one whose title has it as a phrase of several words gets
 * `factor`: enough that no boosts lift others above it, whatever its own.
 * @param factor from `namedFactor`
 */
export function exactName(
  texts: readonly string[],
  { exact, numbers, phrase }: NameFields,
  factor: number,
): ExactName {
  if (factor <= 1) return [];
  const terms = texts.flatMap((text) => [
    ...exact.map((field) => termText(field, text)),
    ...(/^\d{1,18}$/.test(text) ? numbers.map((field) => numberText(field, text)) : []),
  ]);
  const phrases = texts.flatMap((text) => {
    const known = phrase !== null && wordsIn(text) >= MIN_PHRASE_WORDS;
    return known ? [`{"match_phrase":{${JSON.stringify(phrase)}:${JSON.stringify(text)}}}`] : [];
  });
  const filters = [
    { name: EXACT_NAME, clauses: terms, factor: Math.min(MAX_FACTOR, factor ** 2) },
    { name: PHRASE_NAME, clauses: phrases, factor: Math.min(MAX_FACTOR, factor) },
  ];
  return filters.filter(({ clauses }) => clauses.length > 0);
}

/** @param frame text before and behind a query, whose score the factors multiply too */
export function withExactName(
  [before, after]: readonly [string, string],
  filters: ExactName = [],
  named: boolean,
): readonly [before: string, after: string] {
  if (filters.length === 0) return [before, after];
  const functions = filters.map(
    (filter) => `{"filter":${nameFilterText(filter, named)},"weight":${factorText(filter.factor)}}`,
  );
  const head = `{"function_score":{"functions":[${functions}],"score_mode":"max","boost_mode":"multiply","query":`;
  return [head + before, `${after}}}`];
}

/** Named, for a hit's `matched_queries`. */
export function nameFilterTexts(filters: ExactName = []): readonly string[] {
  return filters.map((filter) => nameFilterText(filter, true));
}

function nameFilterText({ name, clauses }: NameFilter, named: boolean): string {
  return `{"bool":{"should":[${clauses}]${named ? `,"_name":"${name}"` : ''}}}`;
}

/** Ids are told apart by case; names are typed in any. */
function termText(field: string, text: string): string {
  const value = JSON.stringify(text);
  return field === '_id'
    ? `{"term":{"_id":${value}}}`
    : `{"term":{${JSON.stringify(field)}:{"value":${value},"case_insensitive":true}}}`;
}

function numberText(field: string, text: string): string {
  return `{"term":{${JSON.stringify(field)}:${BigInt(text)}}}`;
}

function wordsIn(text: string): number {
  return text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}
