// The affinity fields of a configured catalog, and the attributes of its customers.
import { type Catalog, customersIndex } from '../../core/catalog.js';
import { KindredError } from '../../core/errors.js';
import type { EngineClient } from '../../engine/client/client.js';
import { type AffinityField, affinityFieldsOf } from './affinity-field.js';

/** The user id names a customer, so customers cannot share it. */
const CUSTOMER_IDS = { idField: 'user_id', titleField: 'user_id' } as const;

/**
 * The catalog's affinity fields, or those its settings name, in that order.
 * @throws KindredError `catalog-not-found` (404) when the index does not exist
 */
export async function catalogFields(engine: EngineClient, catalog: Catalog): Promise<AffinityField[]> {
  const mapping = await engine.getMapping(catalog.index);
  if (!mapping)
    throw new KindredError('catalog-not-found', `index "${catalog.index}" does not exist; load the catalog`, {
      status: 404,
    });
  const all = affinityFieldsOf(mapping.properties, catalog);
  if (!catalog.fields) return all;
  return catalog.fields.flatMap((name) => all.find(({ field }) => field === name) ?? []);
}

/** The attributes of a catalog's customers; null where no customers are loaded. */
export async function customerFields(
  engine: EngineClient,
  catalog: Pick<Catalog, 'index'>,
): Promise<AffinityField[] | null> {
  const mapping = await engine.getMapping(customersIndex(catalog.index));
  return mapping && affinityFieldsOf(mapping.properties, CUSTOMER_IDS);
}

/**
 * The settings of a catalog that a model names.
 * @throws KindredError `catalog-not-configured` (409)
 */
export function configuredCatalog(catalogs: readonly Catalog[], index: string): Catalog {
  const catalog = catalogs.find((each) => each.index === index);
  if (catalog) return catalog;
  throw new KindredError('catalog-not-configured', `catalog "${index}" is not configured`, { status: 409 });
}
