// The attributes and values that the pickers of the console offer, of configured catalogs only.
import type { FieldList, ValueList } from '../../contract/catalog.js';
import type { Catalog } from '../../core/catalog.js';
import { KindredError } from '../../core/errors.js';
import type { EngineClient } from '../../engine/client/client.js';
import {
  catalogAttribute,
  catalogAttributes,
  customerAttributes,
  customerStatistics,
} from './catalog-fields.js';
import { fieldStatistics } from './field-statistics.js';
import { fieldValues } from './field-values.js';

/** All methods reject with `catalog-not-found` (404) for a name of no configured catalog, or one whose index is absent. */
export interface CatalogReader {
  /** attributes of products that can carry an affinity, and those that cannot */
  fields(catalog: string): Promise<FieldList>;
  /** attributes of customers; none where no customers are loaded */
  customerFields(catalog: string): Promise<FieldList>;
  /** The most frequent values that contain `q`. Error: `field-not-found` (404). */
  values(catalog: string, field: string, q: string): Promise<ValueList>;
}

export function createCatalogReader(engine: EngineClient, catalogs: readonly Catalog[]): CatalogReader {
  function configured(name: string): Catalog {
    const catalog = catalogs.find((candidate) => candidate.name === name);
    if (catalog) return catalog;
    throw new KindredError('catalog-not-found', `"${name}" is not a configured catalog`, { status: 404 });
  }

  return {
    async fields(name) {
      const catalog = configured(name);
      const { offered, refused } = await catalogAttributes(engine, catalog);
      return { fields: await fieldStatistics(engine, catalog.index, offered), refused: [...refused] };
    },
    async customerFields(name) {
      const found = await customerAttributes(engine, configured(name));
      const { offered, refused } = found ?? { offered: [], refused: [] };
      return {
        fields: await customerStatistics(engine, { name }, offered),
        refused: [...refused],
      };
    },
    async values(name, path, q) {
      const catalog = configured(name);
      const field = await catalogAttribute(engine, catalog, path);
      if (!field)
        throw new KindredError('field-not-found', `"${path}" is not an attribute of "${name}"`, {
          status: 404,
        });
      return { field: path, ...(await fieldValues(engine, catalog.index, field, q)) };
    },
  };
}
