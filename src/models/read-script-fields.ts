// Which fields of a catalog a script reads from doc values just as a filter reads them from the index.
import type { EngineClient, MappingProperty } from '../engine/client.js';
import { call } from '../engine/engine-answer.js';
import { indexPath } from '../engine/index-path.js';
import type { ScriptFields, ScriptType } from '../query/engine-abilities.js';

/** Other types of numbers round in ways of their own, or are no numbers to a script. */
const TYPES: ReadonlyMap<string | undefined, ScriptType> = new Map<string, ScriptType>([
  ['keyword', 'text'],
  ['boolean', 'text'],
  ['byte', 'number'],
  ['short', 'number'],
  ['integer', 'number'],
  ['long', 'number'],
  ['double', 'number'],
  ['float', 'float'],
]);

type Mappings = Record<string, { mappings: { properties?: Record<string, MappingProperty> } }>;

/** @param index by name or alias: what all of its indices have in common; nothing when it is absent */
export async function readScriptFields(
  engine: Pick<EngineClient, 'request'>,
  index: string,
): Promise<ScriptFields> {
  const request = { method: 'GET', path: indexPath(index, '_mapping') } as const;
  const { status, body } = await call<Mappings>(engine.request, request, [404]);
  if (status === 404) return new Map();
  const [first = [], ...others] = Object.values(body).map(({ mappings }) =>
    walk(mappings.properties ?? {}, ''),
  );
  const rest = others.map((fields) => new Map(fields));
  return new Map(first.filter(([path, type]) => rest.every((fields) => fields.get(path) === type)));
}

function walk(properties: Readonly<Record<string, MappingProperty>>, prefix: string): [string, ScriptType][] {
  return Object.entries(properties).flatMap(([name, property]) => {
    // What is in nested objects has doc values of its own documents.
    if (property.type === 'nested') return [];
    const type = TYPES.get(property.type);
    const plain = property.normalizer === undefined && property.doc_values !== false;
    const inner = walk({ ...property.properties, ...property.fields }, `${prefix}${name}.`);
    return type && plain ? [[`${prefix}${name}`, type], ...inner] : inner;
  });
}
