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
 * The text that stands for a category of whatever JSON type: 103, 103.0, "103" and "103.0" are one category, as a number
 * field holds them as one. Undefined for what is no category: empty text, null, objects.
 */
export function categoryText(value: unknown): string | undefined {
  return scalar(value)[0]?.replace(WHOLE_NUMBER, '$1');
}

const WHOLE_NUMBER = /^(-?\d+)\.0+$/;

/** The categories of a product, each once, in the order of its values of the category field. */
export function categoriesOf(values: readonly string[]): string[] {
  return [...new Set(values.flatMap((value) => categoryText(value) ?? []))];
}

/**
 * Every value at a dotted path of a `_source`, through objects and arrays, each once. Numbers and booleans become
 * the text the trainer's SQL casts them to (`5`, `2.5`, `true`); null, empty text and objects are no values.
 * @param path source path, e.g. `attributes.color`; a key that holds dots itself is found too
 */
export function valuesAt(source: unknown, path: string): string[] {
  return [...new Set(nodesAt(source, path).flatMap(scalar))];
}

/** Everything that stands at a dotted path, objects too; the items of arrays, never arrays. */
export function nodesAt(node: unknown, path: string): unknown[] {
  if (Array.isArray(node)) return node.flatMap((part) => nodesAt(part, path));
  if (path === '') return [node];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, part]) => {
    if (key === path) return nodesAt(part, '');
    return path.startsWith(`${key}.`) ? nodesAt(part, path.slice(key.length + 1)) : [];
  });
}

function scalar(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];
}
