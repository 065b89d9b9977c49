// Which fields of a catalog boosts can use: those a script reads as filters do, and conflicting ones, which are left out.
import type { EngineClient, MappingProperty } from '../../engine/client/client.js';
import { call } from '../../engine/client/engine-response.js';
import { indexPath } from '../../engine/indices/index-path.js';
import type { BoostFields, NamePaths, ScriptType } from '../../query/placement/engine-capabilities.js';

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
/** A runtime field replaces the mapped field of its name. */
type Mappings = Record<string, { mappings: { properties?: Properties; runtime?: Properties } }>;
type Leaf = readonly [path: string, property: MappingProperty];

/** @param index by name or alias, which may stand for several indices; nothing is known of an absent one */
export async function readBoostFields(
  engine: Pick<EngineClient, 'request'>,
  index: string,
): Promise<BoostFields> {
  const request = { method: 'GET', path: indexPath(index, '_mapping') } as const;
  const { status, body } = await call<Mappings>(engine.request, request, [404]);
  const leaves = status === 404 ? [] : Object.values(body).map(({ mappings }) => leavesOf(mappings));
  return {
    script: inCommon(leaves.map(scriptTypes)),
    conflicting: conflictingPaths(leaves.flat()),
    names: namePaths(leaves),
  };
}

function namePaths(leaves: readonly (readonly Leaf[])[]): NamePaths {
  const searchable = inCommon(
    leaves.map(
      (of) =>
        new Map(
          of.filter(([, { index }]) => index !== false).map(([path, property]) => [path, kindOf(property)]),
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

function leavesOf({ properties = {}, runtime = {} }: Mappings[string]['mappings']): Leaf[] {
  return [...walk(properties, '').filter(([path]) => !(path in runtime)), ...walk(runtime, '')];
}

function inCommon<T>([first, ...others]: readonly ReadonlyMap<string, T>[]): ReadonlyMap<string, T> {
  return new Map(
    [...(first ?? [])].filter(([path, type]) => others.every((fields) => fields.get(path) === type)),
  );
}

function scriptTypes(leaves: readonly Leaf[]): ReadonlyMap<string, ScriptType> {
  return new Map(
    leaves.flatMap(([path, { type: named, normalizer, doc_values }]) => {
      const type = SCRIPT_TYPES.get(named);
      return type && normalizer === undefined && doc_values !== false ? [[path, type] as const] : [];
    }),
  );
}

function conflictingPaths(leaves: readonly Leaf[]): BoostFields['conflicting'] {
  const kinds = new Map<string, string>();
  return new Set(
    leaves.flatMap(([path, { type = '', index = true }]) => {
      const kind = `${NUMBERS.has(type) ? 'number' : TEXTS.has(type) ? 'text' : type} ${index}`;
      const known = kinds.get(path) ?? kind;
      kinds.set(path, known);
      return known === kind ? [] : [path];
    }),
  );
}

function walk(properties: Properties, prefix: string): Leaf[] {
  return Object.entries(properties).flatMap(([name, property]): Leaf[] => {
    // Nested objects are documents of their own, which a plain filter does not find.
    if (property.type === 'nested') return [];
    const inner = walk({ ...property.properties, ...property.fields }, `${prefix}${name}.`);
    return property.type === undefined ? inner : [[`${prefix}${name}`, property], ...inner];
  });
}
