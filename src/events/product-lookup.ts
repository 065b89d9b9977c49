// Catalog values of products, for events that only name an object id.
import type { Catalog } from '../core/catalog.js';
import { locatedValues, type ProductFields } from '../core/field-location.js';
import type { Product } from '../core/product.js';
import type { EngineClient } from '../engine/client/client.js';
import { createDocumentCache, type DocumentCache } from '../engine/documents/document-cache.js';

/** Catalog products by object id; absent where the catalog has none. */
export type LookUpProducts = (objectIds: readonly string[]) => Promise<ReadonlyMap<string, Product>>;

/** The catalog's attributes that can carry an affinity, as its mapping has them now. */
export type ReadProductFields = () => Promise<ProductFields>;

const MAX_BYTES = 64 * 1024 * 1024;
const TTL_MS = 60_000;
/** An id that the catalog did not have is looked up again after this time. */
const NEGATIVE_TTL_MS = 10_000;
const MAX_PATHS_LENGTH = 2_000;

/**
 * Looks products up by document id (which is the object id) and keeps them in memory for a minute.
 * Values come from the catalog alone. A change of the fields empties the cache.
 */
export function createProductLookup(
  engine: Pick<EngineClient, 'mget'>,
  catalog: Catalog,
  productFields: ReadProductFields,
): LookUpProducts {
  let cached: { readonly fields: string; readonly documents: DocumentCache<Product> } | undefined;

  function documentsWith(fields: ProductFields): DocumentCache<Product> {
    const key = JSON.stringify(fields);
    if (cached?.fields !== key) cached = { fields: key, documents: createProductCache(engine, fields) };
    return cached.documents;
  }

  return async (objectIds) => {
    const found = await documentsWith(await productFields()).read(catalog.index, objectIds);
    return new Map(found.flatMap((product) => (product ? [[product.objectId, product]] : [])));
  };
}

function createProductCache(
  engine: Pick<EngineClient, 'mget'>,
  { category, fields }: ProductFields,
): DocumentCache<Product> {
  const paths = [
    ...new Set([category, ...fields.map(({ location }) => location)].map(({ source }) => source)),
  ];
  return createDocumentCache(engine, {
    maxBytes: MAX_BYTES,
    ttlMs: TTL_MS,
    negativeTtlMs: NEGATIVE_TTL_MS,
    // The paths travel in the request line, which engines bound at 4 kB; past that, whole documents are cheaper.
    ...(paths.join().length < MAX_PATHS_LENGTH && { sourceIncludes: paths }),
    parse: (source, objectId) => ({
      objectId,
      category: locatedValues(source, category)[0] ?? null,
      values: new Map(fields.map(({ field, location }) => [field, locatedValues(source, location)])),
    }),
  });
}
