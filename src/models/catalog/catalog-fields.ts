// The affinity fields of a configured catalog, and the attributes of its customers.
import type { CatalogField, RefusedField } from '../../contract/catalog.js';
import { type Catalog, customersIndex } from '../../core/catalog.js';
import { KindredError } from '../../core/errors.js';
import type { ProductFields } from '../../core/field-location.js';
import type { EngineClient, IndexMapping } from '../../engine/client/client.js';
import { mappedFields, resolveField } from '../../engine/indices/mapped-fields.js';
import { type AffinityField, attributeOf, attributesOf, type CatalogAttributes } from './affinity-field.js';
import { customerCoverage } from './customer-coverage.js';
import { openAttributes } from './field-sample.js';
import { fieldStatistics } from './field-statistics.js';

/** The user id names a customer, so customers cannot share it. */
const CUSTOMER_IDS = { idField: 'user_id', titleField: 'user_id' } as const;

/**
 * The catalog's affinity fields, or those its settings name, in that order; and the fields that cannot be one.
 * @throws KindredError `catalog-not-found` (404) when the index does not exist
 */
export async function catalogAttributes(engine: EngineClient, catalog: Catalog): Promise<CatalogAttributes> {
  const found = namedAttributes(await catalogMapping(engine, catalog), catalog);
  const named = await openAttributes(engine, catalog.index, found.open);
  return { ...found, offered: [...found.offered, ...named] };
}

/** One of them by its name, also where another with the same values is offered; null when it is none. Same error. */
export async function catalogAttribute(
  engine: EngineClient,
  catalog: Catalog,
  name: string,
): Promise<AffinityField | null> {
  const found = attributeOf(await catalogMapping(engine, catalog), catalog, name);
  return 'reason' in found ? null : found;
}

/** What of a product can carry an affinity, and its category. Same error. */
export async function productFields(engine: EngineClient, catalog: Catalog): Promise<ProductFields> {
  const mapping = await catalogMapping(engine, catalog);
  const { offered, open } = namedAttributes(mapping, catalog);
  const category = resolveField(mappedFields(mapping), catalog.categoryField)?.location;
  return { category: category ?? { source: catalog.categoryField }, fields: offered, open };
}

/** The attributes of a catalog's customers; null where no customers are loaded. */
export async function customerAttributes(
  engine: EngineClient,
  catalog: Pick<Catalog, 'name'>,
): Promise<CatalogAttributes | null> {
  const mapping = await engine.getMapping(customersIndex(catalog.name));
  if (!mapping) return null;
  const { offered, refused } = attributesOf(mapping, CUSTOMER_IDS);
  const plain = offered.filter(({ sampled }) => !sampled);
  return { offered: plain, open: [], refused };
}

/** Values and coverage of attributes of customers: of the users in the event log, or of the customers while it has none. */
export async function customerStatistics(
  engine: EngineClient,
  catalog: Pick<Catalog, 'name'>,
  attributes: readonly AffinityField[],
): Promise<CatalogField[]> {
  const customers = customersIndex(catalog.name);
  const found = await fieldStatistics(engine, customers, attributes);
  const names = attributes.map(({ field }) => field);
  const ofUsers = await customerCoverage(engine, customers, names);
  return found.map((each) => ({ ...each, coverage: ofUsers?.get(each.field) ?? each.coverage }));
}

/**
 * The settings of a catalog that a model names.
 * @throws KindredError `catalog-not-configured` (409)
 */
export function configuredCatalog(catalogs: readonly Catalog[], name: string): Catalog {
  const catalog = catalogs.find((each) => each.name === name);
  if (catalog) return catalog;
  throw new KindredError('catalog-not-configured', `catalog "${name}" is not configured`, { status: 409 });
}

async function catalogMapping(engine: EngineClient, { index }: Catalog): Promise<IndexMapping> {
  const mapping = await engine.getMapping(index);
  if (mapping) return mapping;
  throw new KindredError('catalog-not-found', `index "${index}" does not exist; load the catalog`, {
    status: 404,
  });
}

function namedAttributes(mapping: IndexMapping, catalog: Catalog): CatalogAttributes {
  if (!catalog.fields) return attributesOf(mapping, catalog);
  const named = catalog.fields.map((field) => ({ field, found: attributeOf(mapping, catalog, field) }));
  return {
    open: [],
    offered: named.flatMap(({ found }): AffinityField[] => ('reason' in found ? [] : [found])),
    refused: named.flatMap(({ field, found }): RefusedField[] =>
      'reason' in found ? [{ field, reason: found.reason }] : [],
    ),
  };
}
