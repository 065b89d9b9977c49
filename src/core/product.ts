// A product as affinities see it, and how its values are read from a catalog document.

/** Values of one product that can carry an affinity: mapping path → values (one, or several when multi-valued). */
export type ProductValues = ReadonlyMap<string, readonly string[]>;

/** A product as affinities see it. */
export interface Product {
  readonly objectId: string;
  readonly category: string | null;
  readonly values: ProductValues;
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
