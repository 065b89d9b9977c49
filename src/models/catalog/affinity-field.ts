// Which fields of a catalog's live mapping can carry an affinity, and why others cannot.
import type { CatalogField, RefusedField } from '../../contract/catalog.js';
import type { Catalog } from '../../core/catalog.js';
import type { LocatedField, OpenField } from '../../core/field-location.js';
import {
  fieldType,
  isOpen,
  type MappedField,
  type Mapping,
  mappedFields,
  resolveField,
} from '../../engine/indices/mapped-fields.js';
import { namedEntries } from './named-entries.js';

export type AffinityField = Pick<CatalogField, 'field' | 'type'> &
  LocatedField & {
    /** the engine does not count its values as it does those of a plain field: a sample of the products tells */
    readonly sampled?: true;
  };

export interface OpenAttributes extends OpenField, Pick<CatalogField, 'type'> {}

export interface CatalogAttributes {
  readonly offered: readonly AffinityField[];
  /** objects whose attributes only documents name */
  readonly open: readonly OpenAttributes[];
  /** with the reason, for who looks for them in a picker */
  readonly refused: readonly RefusedField[];
}

type IdentityFields = Pick<Catalog, 'idField' | 'titleField' | 'imageField'>;

/** A type or the reason why there is none, in words that follow the field's name. */
type Judgement = { readonly type: AffinityField['type'] } | { readonly reason: string };

/**
 * Keyword, boolean and number fields by mapping path, in the mapping's order; of a text field, its sub-field of type
 * keyword, whatever its name: one called `keyword` first, then one whose values are indexed as they are stored. Nested
 * objects that have a name and a value are one field for each name.
 */
export function attributesOf(mapping: Mapping, catalog: IdentityFields): CatalogAttributes {
  const fields = mappedFields(mapping);
  const identities = identitySources(fields, catalog);
  const offered: AffinityField[] = [];
  const refused: RefusedField[] = [];
  const open = fields
    .filter(({ property, nested }) => isOpen(property) && nested === null)
    .map(
      ({ field, location }): OpenAttributes => ({ path: field, source: location.source, type: 'keyword' }),
    );
  for (const each of fields.filter(({ parent }) => parent === null)) {
    if (open.some(({ path }) => path === each.field)) continue;
    const own = judge(each, identities);
    const chosen = 'type' in own ? each : keywordSubField(fields, each);
    const judgement = chosen ? judge(chosen, identities) : own;
    if (chosen && 'type' in judgement) offered.push(affinityField(chosen, judgement.type));
    else if ('reason' in judgement) refused.push({ field: each.field, reason: judgement.reason });
  }
  const entries = namedEntries(fields, offered);
  const paired = entries.flatMap(({ path, entries: { key, value } }) => [
    `${path}.${key}`,
    `${path}.${value}`,
  ]);
  return {
    offered: offered.filter(({ field }) => !paired.includes(field)),
    open: [...open, ...entries],
    refused,
  };
}

/** A field by the name a model gives it, whether pickers offer it or another with the same values. */
export function attributeOf(
  mapping: Mapping,
  catalog: IdentityFields,
  name: string,
): AffinityField | { readonly reason: string } {
  const fields = mappedFields(mapping);
  const found = resolveField(fields, name);
  if (!found) return { reason: 'is not a field of the catalog' };
  const judgement = judge(found, identitySources(fields, catalog));
  if ('type' in judgement) return affinityField(found, judgement.type);
  const other = keywordSubField(fields, found);
  return other ? { reason: `is of type ${found.property.type}; use "${other.field}"` } : judgement;
}

function affinityField(
  { field, property, location, nested }: MappedField,
  type: AffinityField['type'],
): AffinityField {
  const counted = nested === null && location.computed !== 'fields' && property.doc_values !== false;
  return { field, type, location, ...(!counted && { sampled: true }) };
}

function keywordSubField(fields: readonly MappedField[], { field }: MappedField): MappedField | undefined {
  const keywords = fields.filter(({ parent, property }) => parent === field && property.type === 'keyword');
  return (
    keywords.find((each) => each.field === `${field}.keyword`) ??
    keywords.find(({ property }) => property.normalizer === undefined) ??
    keywords[0]
  );
}

/** Where id, title and image are: sub-fields and aliases of them have the same values. */
function identitySources(
  fields: readonly MappedField[],
  { idField, titleField, imageField }: IdentityFields,
): ReadonlyMap<string, string> {
  const named = { id: idField, title: titleField, image: imageField };
  return new Map(
    Object.entries(named).flatMap(([what, name]) =>
      name === undefined ? [] : [[resolveField(fields, name)?.location.source ?? name, what] as const],
    ),
  );
}

function judge(
  { property, location, nested }: MappedField,
  identities: ReadonlyMap<string, string>,
): Judgement {
  const identity = identities.get(location.source);
  if (identity !== undefined) return { reason: `is the product's ${identity}, which is no taste` };
  const type = fieldType(property);
  if (type === null) return { reason: reasonOf(property.type) };
  if (property.index === false && property.doc_values === false)
    return { reason: 'is neither indexed nor in doc values, so no filter finds it' };
  if (location.computed === 'docvalue_fields' && (property.doc_values === false || nested !== null))
    return {
      reason: 'is filled by copy_to, and its values are nowhere to be read; use the field they come from',
    };
  return { type };
}

function reasonOf(type = 'object'): string {
  if (/text|search_as_you_type/.test(type))
    return 'is text, of which the engine knows single words; give it a sub-field of type keyword';
  if (/^date/.test(type)) return 'is a date, which hardly two products share';
  if (isOpen({ type })) return 'is an object of unknown keys inside of nested objects';
  if (type === 'constant_keyword') return 'has the same value for all products';
  return `is of type ${type}, whose values products do not share; use a keyword, boolean or number field`;
}
