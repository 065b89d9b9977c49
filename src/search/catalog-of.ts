// Which catalog a search is on: by the names in its path or header, or by its point in time.
import { type Catalog, isConfiguredIndex, isPattern } from '../core/catalog.js';
import { isPointInTimeOf } from '../query/facts/point-in-time.js';
import type { JsonDocument } from '../query/json/json-document.js';
import type { SearchContext, SearchEngine } from './search-context.js';

type Catalogs = Pick<SearchContext, 'engine' | 'catalogs'>;

/** Null where a search names what is no catalog, or several catalogs; none but a point in time of no catalog. */
export function catalogOf(
  { engine, catalogs }: Catalogs,
  names: readonly string[],
  body: JsonDocument,
): Catalog | null {
  if (names.length > 0) return catalogNamed({ engine, catalogs }, names);
  const id = body.value('pit', 'id');
  if (typeof id !== 'string') return null;
  return find(catalogs, ({ name }) => isPointInTimeOf(id, engine.indicesOf(name)));
}

/** The catalog that all of the names are of: as configured, or as an index or alias behind that. */
export function catalogNamed({ engine, catalogs }: Catalogs, names: readonly string[]): Catalog | null {
  if (names.length === 0) return null;
  // By its own name before others' patterns, which may take it in.
  return (
    find(catalogs, ({ indices }) => names.every((name) => indices.includes(name))) ??
    find(catalogs, (catalog) => names.every((name) => isOf(catalog, name, engine)))
  );
}

function isOf(
  { name: catalog, indices }: Catalog,
  index: string,
  { indicesOf }: Pick<SearchEngine, 'indicesOf'>,
): boolean {
  return indices.includes(index) || indicesOf(catalog).has(index);
}

/**
 * Whether a public request may name it: an index as configured, or one that there is of a configured pattern. The pattern
 * itself may take in what is no catalog.
 */
export function isPublicIndex({ engine, catalogs }: Catalogs, index: string): boolean {
  if (isPattern(index)) return false;
  const configured = (catalog: Catalog) => isOf(catalog, index, engine) && isConfiguredIndex(catalog, index);
  return find(catalogs, configured) !== null;
}

function find(catalogs: SearchContext['catalogs'], matches: (catalog: Catalog) => boolean): Catalog | null {
  for (const catalog of catalogs.values()) if (matches(catalog)) return catalog;
  return null;
}
