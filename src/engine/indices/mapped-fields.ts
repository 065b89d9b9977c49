// What a mapping says of every field: what it is, and where documents keep its values.
import { type FieldLocation, parseEntryField } from '../../core/field-location.js';
import type { IndexMapping, MappingProperty } from '../client/client.js';
import { isNumberProperty } from './mapping-property.js';

export type FieldType = 'keyword' | 'boolean' | 'number';
type Properties = Readonly<Record<string, MappingProperty>>;
export type Mapping = Pick<IndexMapping, 'properties' | 'runtime'>;

export interface MappedField {
  /** mapping path, as filters name it */
  readonly field: string;
  /** its own; of an alias, that of the field it stands for */
  readonly property: MappingProperty;
  readonly location: FieldLocation;
  /** of a sub-field: the field it is a part of */
  readonly parent: string | null;
  /** the innermost nested object it is in, by mapping path */
  readonly nested: string | null;
}

/** Every field of a mapping in its order, sub-fields and aliases included; an alias of nothing is left out. */
export function mappedFields({ properties, runtime = {} }: Mapping): MappedField[] {
  // A runtime field replaces the mapped field of its name.
  const indexed = walk(properties, '', null).filter(({ field }) => !Object.hasOwn(runtime, field));
  const copied = new Set(indexed.flatMap(({ property }) => property.copy_to ?? []));
  const fields = [...indexed.map((each) => filledByCopy(each, copied)), ...runtimeFields(runtime)];
  const byPath = new Map(fields.map((each) => [each.field, each]));
  return fields.flatMap((each): MappedField[] => {
    if (each.property.type !== 'alias') return [each];
    const target = byPath.get(each.property.path ?? '');
    return target ? [{ ...target, field: each.field, parent: null }] : [];
  });
}

/** One field by the name that models give it; undefined where the mapping has none. */
export function resolveField(fields: readonly MappedField[], name: string): MappedField | undefined {
  const exact = fields.find(({ field }) => field === name);
  if (exact) return exact;
  const entry = parseEntryField(name);
  if (entry) {
    const { path } = entry;
    const inside = (leaf: string) =>
      fields.find(({ field, nested }) => field === `${path}.${leaf}` && nested === path);
    const [key, value] = [inside(entry.key), inside(entry.value)];
    if (!key || !value || fieldType(key.property) !== 'keyword') return undefined;
    const relative = ({ location }: MappedField) => location.source.slice(path.length + 1);
    const located = { key: relative(key), name: entry.name, value: relative(value) };
    return { ...value, field: name, location: { source: path, entry: located }, parent: null };
  }
  const root = fields.find(({ field, property }) => isOpen(property) && name.startsWith(`${field}.`));
  if (!root) return undefined;
  const source = root.location.source + name.slice(root.field.length);
  // OpenSearch mixes values of other keys into its doc values.
  return { ...root, field: name, property: { type: 'keyword', doc_values: false }, location: { source } };
}

/** What its values are to affinities; null for a type that has none. */
export function fieldType(property: MappingProperty): FieldType | null {
  if (property.type === 'keyword' || property.type === 'wildcard') return 'keyword';
  if (property.type === 'boolean') return 'boolean';
  return isNumberProperty(property) ? 'number' : null;
}

/** An object that is one field, whose keys the mapping does not know: `flattened`, in OpenSearch `flat_object`. */
export function isOpen({ type }: MappingProperty): boolean {
  return type === 'flattened' || type === 'flat_object';
}

function walk(properties: Properties, prefix: string, nested: string | null): MappedField[] {
  return Object.entries(properties).flatMap(([name, property]): MappedField[] => {
    const field = prefix + name;
    if (property.properties)
      return walk(property.properties, `${field}.`, property.type === 'nested' ? field : nested);
    if (property.type === 'nested') return [];
    const shared = { location: { source: field }, nested };
    const subFields = Object.entries(property.fields ?? {}).map(([sub, inner]) => ({
      ...{ field: `${field}.${sub}`, property: inner, parent: field, ...shared },
    }));
    return [{ field, property, parent: null, ...shared }, ...subFields];
  });
}

/** What `copy_to` fills is in doc values alone. */
function filledByCopy(mapped: MappedField, copied: ReadonlySet<string>): MappedField {
  const { field, parent } = mapped;
  if (!copied.has(parent ?? field)) return mapped;
  return { ...mapped, location: { source: field, computed: 'docvalue_fields' } };
}

/** One without a script has the values that stand under its name in `_source`. */
function runtimeFields(runtime: Properties): MappedField[] {
  return Object.entries(runtime).flatMap(([field, property]): MappedField[] => {
    const own = Object.entries(property.fields ?? {}).map(
      ([sub, inner]) => [`${field}.${sub}`, inner] as const,
    );
    const leaves = own.length > 0 ? own : [[field, property] as const];
    const location = (name: string): FieldLocation =>
      property.script === undefined ? { source: name } : { source: name, computed: 'fields' };
    return leaves.map(([name, leaf]) => ({
      ...{ field: name, property: leaf, location: location(name), parent: null, nested: null },
    }));
  });
}
