// Catalog values of products, for events that only name an object id.
import type { Catalog } from '../core/catalog.js';
import {
  attributesIn,
  type LocatedField,
  locatedValues,
  membersFor,
  type ProductFields,
  withComputed,
} from '../core/field-location.js';
import { categoriesOf, type Product } from '../core/product.js';
import type { EngineClient } from '../engine/client/client.js';
import { createDocumentCache, type DocumentCache } from '../engine/documents/document-cache.js';
import { isSeveral, MAX_HITS } from '../engine/documents/several-indices.js';

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
  engine: Pick<EngineClient, 'mget' | 'search'>,
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
  engine: Pick<EngineClient, 'mget' | 'search'>,
  { category, fields, open }: ProductFields,
): DocumentCache<Product> {
  const { _source, ...computed } = membersFor([category, ...fields.map(({ location }) => location), ...open]);
  return createDocumentCache(Object.keys(computed).length > 0 ? computing(engine, computed) : engine, {
    maxBytes: MAX_BYTES,
    ttlMs: TTL_MS,
    negativeTtlMs: NEGATIVE_TTL_MS,
    // The paths travel in the request line, which engines bound at 4 kB; past that, whole documents are cheaper.
    ...(_source.join().length < MAX_PATHS_LENGTH && { sourceIncludes: _source }),
    parse: (document, objectId) => {
      const named = open.flatMap((each) => attributesIn(document, each));
      const valuesOf = ({ field, location }: LocatedField) =>
        [field, locatedValues(document, location)] as const;
      return {
        objectId,
        categories: categoriesOf(locatedValues(document, category)),
        values: new Map([...fields, ...named].map(valuesOf)),
      };
    },
  });
}

/** Documents with fields that the engine computes, which only a search brings; without them where that fails. */
function computing(
  engine: Pick<EngineClient, 'mget' | 'search'>,
  members: object,
): Pick<EngineClient, 'mget'> {
  return {
    async mget<T>(index: string, ids: readonly string[], sourceIncludes?: readonly string[]) {
      const size = isSeveral(index) ? MAX_HITS : ids.length;
      const body = { size, _source: false, query: { ids: { values: ids } }, ...members };
      const [documents, computed] = await Promise.all([
        engine.mget<T>(index, ids, sourceIncludes),
        engine.search(index, body).catch(() => null),
      ]);
      const byId = new Map(computed?.hits.hits.map(({ _id, fields }) => [_id, fields]));
      return documents.map(
        (found) => found && { ...found, source: withComputed(found.source, byId.get(found.id)) as T },
      );
    },
  };
}
