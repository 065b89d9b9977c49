// Where the documents of a catalog keep the values of a field, and how they are read from there.
import { nodesAt, valuesAt } from './product.js';

export interface FieldLocation {
  /** path in `_source`: of a sub-field (`brand.raw`) that of its field (`brand`), of an alias that of what it stands for */
  readonly source: string;
  /** The values are those of some of the objects at `source`. */
  readonly entry?: SourceEntry;
  /** It is not in `_source`: the engine brings it, by this member of a search, under the name in `source`. */
  readonly computed?: 'fields' | 'docvalue_fields';
}

/** Of the objects in a list those whose `key` is `name`, and of these what is at `value`; source paths inside an object. */
interface SourceEntry {
  readonly key: string;
  readonly name: string;
  readonly value: string;
}

/** A field as models name it, with where its values are. */
export interface LocatedField {
  readonly field: string;
  readonly location: FieldLocation;
}

/** An object of the mapping whose attributes are named by the documents alone. */
export interface OpenField {
  /** mapping path of the object */
  readonly path: string;
  /** its path in `_source` */
  readonly source: string;
  /** of nested objects with one attribute each: mapping and source paths, inside an object, of its name and its value */
  readonly entries?: {
    readonly key: string;
    readonly value: string;
    readonly keySource: string;
    readonly valueSource: string;
  };
}

/** What is read of every product of a catalog. */
export interface ProductFields {
  readonly category: FieldLocation;
  readonly fields: readonly LocatedField[];
  readonly open: readonly OpenField[];
}

/** The values of a field in one document, each once, as `valuesAt` reads them. */
export function locatedValues(document: unknown, { source, entry }: FieldLocation): string[] {
  if (!entry) return valuesAt(document, source);
  const named = nodesAt(document, source).filter((node) => valuesAt(node, entry.key).includes(entry.name));
  return valuesAt(named, entry.value);
}

/** A document with what the engine computed beside it. */
export function withComputed(source: unknown, computed: Readonly<Record<string, unknown>> = {}): unknown {
  return typeof source === 'object' ? { ...source, ...computed } : computed;
}

/** The members of a search that bring what is at these places. */
export function membersFor(locations: readonly FieldLocation[]): {
  readonly _source: string[];
  readonly fields?: string[];
  readonly docvalue_fields?: string[];
} {
  const by = (way: FieldLocation['computed']) => [
    ...new Set(locations.flatMap(({ source, computed }) => (computed === way ? [source] : []))),
  ];
  const [fields, docvalue_fields] = [by('fields'), by('docvalue_fields')];
  return {
    _source: by(undefined),
    ...(fields.length > 0 && { fields }),
    ...(docvalue_fields.length > 0 && { docvalue_fields }),
  };
}

/** Attributes of one open field that are read of one product. */
const MAX_NAMES = 100;

/** The attributes that an open field has in a document. */
export function attributesIn(document: unknown, { path, source, entries }: OpenField): LocatedField[] {
  const nodes = nodesAt(document, source);
  if (entries) {
    const { key, value, keySource, valueSource } = entries;
    const names = [...new Set(nodes.flatMap((node) => valuesAt(node, keySource)))].slice(0, MAX_NAMES);
    return names.map((name) => ({
      field: entryField({ path, key, name, value }),
      location: { source, entry: { key: keySource, name, value: valueSource } },
    }));
  }
  const inner = [...new Set(nodes.flatMap((node) => leafPaths(node)))].slice(0, MAX_NAMES);
  return inner.map((name) => ({ field: `${path}.${name}`, location: { source: `${source}.${name}` } }));
}

function leafPaths(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(leafPaths);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, part]) => {
    const inner = leafPaths(part);
    return inner.length > 0 ? inner.map((path) => `${key}.${path}`) : hasScalar(part) ? [key] : [];
  });
}

function hasScalar(node: unknown): boolean {
  return nodesAt(node, '').some((each) => each !== null && typeof each !== 'object');
}

/** The value of nested objects that go by a name: `path[key=name].value`, `key` and `value` mapping paths inside `path`. */
export interface EntryField {
  readonly path: string;
  readonly key: string;
  readonly name: string;
  readonly value: string;
}

/** The name may hold anything, brackets and dots too. */
const ENTRY = /^([^[\]]+)\[([^[\]=]+)=(.+)\]\.([^[\]]+)$/s;

export function entryField({ path, key, name, value }: EntryField): string {
  return `${path}[${key}=${name}].${value}`;
}

/** Null for a plain mapping path. */
export function parseEntryField(field: string): EntryField | null {
  if (!field.includes('[')) return null;
  const [, path, key, name, value] = ENTRY.exec(field) ?? [];
  return path && key && name && value ? { path, key, name, value } : null;
}

/** The mapping paths that a filter on a field names. */
export function mappingPaths(field: string): readonly string[] {
  const entry = parseEntryField(field);
  return entry ? [`${entry.path}.${entry.key}`, `${entry.path}.${entry.value}`] : [field];
}
