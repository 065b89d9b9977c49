// Which fields of a catalog's live mapping can carry an affinity.
import { type Catalog, sourcePath } from '../core/catalog.js';
import type { MappingProperty } from '../engine/client.js';

export interface AffinityField {
  /** mapping path, e.g. `brand`, `details.color` or `name.keyword` */
  readonly field: string;
  /** `number` fields count exact values */
  readonly type: 'keyword' | 'boolean' | 'number';
}

const TYPES: ReadonlyMap<string, AffinityField['type']> = new Map([
  ['keyword', 'keyword'],
  ['boolean', 'boolean'],
  ...[
    'byte',
    'short',
    'integer',
    'long',
    'unsigned_long',
    'float',
    'half_float',
    'scaled_float',
    'double',
  ].map((type): [string, 'number'] => [type, 'number']),
]);

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
    const type = TYPES.get(property.type ?? '');
    if (type) return [{ field, type }];
    return property.fields?.keyword?.type === 'keyword'
      ? [{ field: `${field}.keyword`, type: 'keyword' }]
      : [];
  });
}

/** The mapping of one path, sub-fields included; undefined where the mapping has none. */
export function propertyAt(
  properties: Readonly<Record<string, MappingProperty>>,
  path: string,
): MappingProperty | undefined {
  let level: Readonly<Record<string, MappingProperty>> | undefined = properties;
  let found: MappingProperty | undefined;
  for (const name of path.split('.')) {
    found = level && Object.hasOwn(level, name) ? level[name] : undefined;
    level = found?.properties ?? found?.fields;
  }
  return found;
}
