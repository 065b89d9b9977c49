// A product as affinities see it, and how its values are read from a catalog document.

import { ancestors } from './category-paths.js';

/** Values of one product that can carry an affinity: mapping path → values (one, or several when multi-valued). */
export type ProductValues = ReadonlyMap<string, readonly string[]>;

/** A product as affinities see it. */
export interface Product {
  readonly objectId: string;
  /** that it is in, as the catalog names them; most shops have one a product */
  readonly categories: readonly string[];
  readonly values: ProductValues;
}

/**
 * @param category a scope; null is all products
 * @param separator where categories are paths: what is below the scope is in it
 */
export function isInScope(
  { categories }: Pick<Product, 'categories'>,
  category: string | null,
  separator: string | null = null,
): boolean {
  return (
    category === null ||
    categories.some((own) => own === category || ancestors(own, separator).includes(category))
  );
}

/**
 * Where a mapping path is found in `_source`: `brand.keyword` (a multi-field) is read from `brand`.
 * @param path mapping path
 */
export function sourcePath(path: string): string {
  return path.endsWith('.keyword') ? path.slice(0, -'.keyword'.length) : path;
}

/**
 * The text that stands for a category of whatever JSON type: 103, 103.0, "103" and "103.0" are one category, as a number
 * field holds them as one. Undefined for what is no category: empty text, null, objects.
 */
export function categoryText(value: unknown): string | undefined {
  return scalar(value)[0]?.replace(WHOLE_NUMBER, '$1');
}

const WHOLE_NUMBER = /^(-?\d+)\.0+$/;

/** The categories of a product, each once, in the order of its `_source`. @param path source path */
export function categoriesAt(source: unknown, path: string): string[] {
  return [...new Set(valuesAt(source, path).flatMap((value) => categoryText(value) ?? []))];
}

/**
 * Every value at a dotted path of a `_source`, through objects and arrays, each once. Numbers and booleans become
 * the text the trainer's SQL casts them to (`5`, `2.5`, `true`); null, empty text and objects are no values.
 * @param path source path, e.g. `attributes.color`; a key that holds dots itself is found too
 */
export function valuesAt(source: unknown, path: string): string[] {
  return [...new Set(collect(source, path))];
}

function collect(node: unknown, path: string): string[] {
  if (Array.isArray(node)) return node.flatMap((part) => collect(part, path));
  if (path === '') return scalar(node);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, part]) => {
    if (key === path) return collect(part, '');
    return path.startsWith(`${key}.`) ? collect(part, path.slice(key.length + 1)) : [];
  });
}

function scalar(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
}
