// Which fields of a catalog boosts can use: those a script reads as filters do, and conflicting ones, which are left out.
import type { EngineClient, MappingProperty } from '../../engine/client/client.js';
import { call } from '../../engine/client/engine-response.js';
import { indexPath } from '../../engine/indices/index-path.js';
import { isOpen, type MappedField, mappedFields } from '../../engine/indices/mapped-fields.js';
import type { BoostFields, NamePaths, ScriptType } from '../../query/placement/engine-capabilities.js';
import { exactFields } from './exact-fields.js';

/** Other number types round in their own way, or are no numbers to a script. */
const SCRIPT_TYPES: ReadonlyMap<string | undefined, ScriptType> = new Map<string, ScriptType>([
  ['keyword', 'text'],
  ['boolean', 'text'],
  ['byte', 'number'],
  ['short', 'number'],
  ['integer', 'number'],
  ['long', 'number'],
  ['double', 'number'],
  ['float', 'float'],
]);

/** Types of one kind accept the same value in a filter; every type that is not listed is its own kind. */
const NUMBERS = new Set(
  'byte short integer long unsigned_long half_float float double scaled_float'.split(' '),
);
const TEXTS = new Set('keyword constant_keyword wildcard text match_only_text'.split(' '));

type Properties = Readonly<Record<string, MappingProperty>>;
type Mappings = Record<
  string,
  { mappings: { properties?: Properties; runtime?: Properties; derived?: Properties } }
>;

/** @param index by name or alias, which may stand for several indices; nothing is known of an absent one */
export async function readBoostFields(
  engine: Pick<EngineClient, 'request'>,
  index: string,
): Promise<BoostFields> {
  const request = { method: 'GET', path: indexPath(index, '_mapping') } as const;
  const { status, body } = await call<Mappings>(engine.request, request, [404]);
  const mappings = status === 404 ? [] : Object.values(body).map((one) => one.mappings);
  const leaves = mappings.map(leavesOf);
  return {
    script: inCommon(leaves.map(scriptTypes)),
    conflicting: conflictingPaths(leaves.flat()),
    exact: exactFields(mappings.map(({ properties, runtime }) => ({ ...properties, ...runtime }))),
    nested: new Map(leaves.flat().flatMap(({ field, nested }) => (nested === null ? [] : [[field, nested]]))),
    names: namePaths(leaves),
  };
}

/** Fields in nested objects are not found from outside of them. */
function namePaths(leaves: readonly (readonly MappedField[])[]): NamePaths {
  const searchable = inCommon(
    leaves.map(
      (of) =>
        new Map(
          of
            .filter(({ property, nested }) => nested === null && property.index !== false)
            .map(({ field, property }) => [field, kindOf(property)]),
        ),
    ),
  );
  const ofKind = (kind: string) =>
    new Set([...searchable].flatMap(([path, known]) => (known === kind ? [path] : [])));
  return { keywords: ofKind('keyword'), longs: ofKind('long'), phrases: ofKind('text') };
}

/** A text without positions refuses phrases. */
function kindOf({ type = '', index_options }: MappingProperty): string {
  return type === 'text' && index_options !== undefined && !['positions', 'offsets'].includes(index_options)
    ? ''
    : type;
}

function leavesOf({ properties = {}, runtime, derived }: Mappings[string]['mappings']): MappedField[] {
  return mappedFields({ properties, runtime: { ...runtime, ...derived } });
}

function inCommon<T>([first, ...others]: readonly ReadonlyMap<string, T>[]): ReadonlyMap<string, T> {
  return new Map(
    [...(first ?? [])].filter(([path, type]) => others.every((fields) => fields.get(path) === type)),
  );
}

function scriptTypes(leaves: readonly MappedField[]): ReadonlyMap<string, ScriptType> {
  return new Map(
    leaves.flatMap(({ field, property: { type: named, normalizer, doc_values }, location, nested }) => {
      const type = SCRIPT_TYPES.get(named);
      // Neither nested objects nor the derived fields of OpenSearch have values in a product's own document.
      const readable = nested === null && location.computed !== 'fields' && doc_values !== false;
      return type && normalizer === undefined && readable ? [[field, type] as const] : [];
    }),
  );
}

function conflictingPaths(leaves: readonly MappedField[]): BoostFields['conflicting'] {
  const kinds = new Map<string, string>();
  // A key of an object that another index flattens takes any text there.
  const flattened = leaves.flatMap(({ field, property }) => (isOpen(property) ? [`${field}.`] : []));
  for (const { field } of leaves)
    if (flattened.some((root) => field.startsWith(root))) kinds.set(field, 'text true null');
  return new Set(
    leaves.flatMap(({ field, property: { type = '', index = true }, nested }) => {
      const kind = `${NUMBERS.has(type) ? 'number' : TEXTS.has(type) ? 'text' : type} ${index} ${nested}`;
      const known = kinds.get(field) ?? kind;
      kinds.set(field, known);
      return known === kind ? [] : [field];
    }),
  );
}
