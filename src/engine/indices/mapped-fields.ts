// What a mapping says of every field: what it is, and where documents keep its values.
import type { FieldLocation } from '../../core/field-location.js';
import type { IndexMapping, MappingProperty } from '../client/client.js';
import { isNumberProperty } from './mapping-property.js';

export type FieldType = 'keyword' | 'boolean' | 'number';
type Properties = Readonly<Record<string, MappingProperty>>;

export interface MappedField {
  /** mapping path, as filters name it */
  readonly field: string;
  /** its own; of an alias, that of the field it stands for */
  readonly property: MappingProperty;
  readonly location: FieldLocation;
  /** an alias, which has the values of another field */
  readonly alias: boolean;
  /** of a sub-field: the field it is a part of */
  readonly parent: string | null;
}

/** Every field of a mapping in its order, sub-fields and aliases included; an alias of nothing is left out. */
export function mappedFields({ properties }: Pick<IndexMapping, 'properties'>): MappedField[] {
  const fields = walk(properties, '');
  const byPath = new Map(fields.map((each) => [each.field, each]));
  return fields.flatMap((each): MappedField[] => {
    if (each.property.type !== 'alias') return [each];
    const target = byPath.get(each.property.path ?? '');
    return target ? [{ ...target, field: each.field, alias: true, parent: null }] : [];
  });
}

/** One field by the name that models give it; undefined where the mapping has none. */
export function resolveField(fields: readonly MappedField[], name: string): MappedField | undefined {
  return fields.find(({ field }) => field === name);
}

/** What its values are to affinities; null for a type that has none. */
export function fieldType(property: MappingProperty): FieldType | null {
  if (property.type === 'keyword' || property.type === 'wildcard') return 'keyword';
  if (property.type === 'boolean') return 'boolean';
  return isNumberProperty(property) ? 'number' : null;
}

function walk(properties: Properties, prefix: string): MappedField[] {
  return Object.entries(properties).flatMap(([name, property]): MappedField[] => {
    const field = prefix + name;
    if (property.type === 'nested') return [];
    if (property.properties) return walk(property.properties, `${field}.`);
    const location = { source: field };
    const subFields = Object.entries(property.fields ?? {}).map(([sub, inner]) => ({
      field: `${field}.${sub}`,
      ...{ property: inner, location, alias: false, parent: field },
    }));
    return [{ field, property, location, alias: false, parent: null }, ...subFields];
  });
}
