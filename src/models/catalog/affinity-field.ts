// Which fields of a catalog's live mapping can carry an affinity.
import type { CatalogField } from '../../contract/catalog.js';
import type { Catalog } from '../../core/catalog.js';
import { sourcePath } from '../../core/product.js';
import type { MappingProperty } from '../../engine/client/client.js';
import { isNumberProperty } from '../../engine/indices/mapping-property.js';

export type AffinityField = Pick<CatalogField, 'field' | 'type'>;

/**
 * Keyword, boolean and number fields by dotted path, in the mapping's order. A text field offers its
 * `keyword` sub-field (the one sub-field name that is also found in `_source`, see `sourcePath`).
 * Left out: the product's id, title and image, and `nested` objects, which a plain term filter cannot see.
 */
export function affinityFieldsOf(
  properties: Readonly<Record<string, MappingProperty>>,
  catalog: Pick<Catalog, 'idField' | 'titleField' | 'imageField'>,
): AffinityField[] {
  const notAttributes = [catalog.idField, catalog.titleField, catalog.imageField];
  return walk(properties, '').filter(({ field }) => !notAttributes.includes(sourcePath(field)));
}

function walk(properties: Readonly<Record<string, MappingProperty>>, prefix: string): AffinityField[] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const field = prefix + name;
    if (property.type === 'nested') return [];
    if (property.properties) return walk(property.properties, `${field}.`);
    const { type } = property;
    if (type === 'keyword' || type === 'boolean') return [{ field, type }];
    if (isNumberProperty(property)) return [{ field, type: 'number' }];
    return property.fields?.keyword?.type === 'keyword'
      ? [{ field: `${field}.keyword`, type: 'keyword' }]
      : [];
  });
}
