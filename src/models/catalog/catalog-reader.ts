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

/** All methods reject with `catalog-not-found` (404) for an index that is not a configured catalog, or absent. */
export interface CatalogReader {
  /** attributes of products that can carry an affinity, and those that cannot */
  fields(index: string): Promise<FieldList>;
  /** attributes of customers; none where no customers are loaded */
  customerFields(index: string): Promise<FieldList>;
  /** The most frequent values that contain `q`. Error: `field-not-found` (404). */
  values(index: string, field: string, q: string): Promise<ValueList>;
}

export function createCatalogReader(engine: EngineClient, catalogs: readonly Catalog[]): CatalogReader {
  function configured(index: string): Catalog {
    const catalog = catalogs.find((candidate) => candidate.index === index);
    if (catalog) return catalog;
    throw new KindredError('catalog-not-found', `"${index}" is not a configured catalog`, { status: 404 });
  }

  return {
    async fields(index) {
      const { offered, refused } = await catalogAttributes(engine, configured(index));
      return { fields: await fieldStatistics(engine, index, offered), refused: [...refused] };
    },
    async customerFields(index) {
      const found = await customerAttributes(engine, configured(index));
      const { offered, refused } = found ?? { offered: [], refused: [] };
      return { fields: await customerStatistics(engine, { index }, offered), refused: [...refused] };
    },
    async values(index, name, q) {
      const field = await catalogAttribute(engine, configured(index), name);
      if (!field)
        throw new KindredError('field-not-found', `"${name}" is not an attribute of "${index}"`, {
          status: 404,
        });
      return { field: name, ...(await fieldValues(engine, index, field, q)) };
    },
  };
}
