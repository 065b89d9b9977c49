// What a mapping says of one path.
import type { MappingProperty } from '../client/client.js';

const NUMBER_TYPES: ReadonlySet<string | undefined> = new Set([
  'byte',
  'short',
  'integer',
  'long',
  'unsigned_long',
  'float',
  'half_float',
  'scaled_float',
  'double',
]);

export function isNumberProperty(property: MappingProperty | undefined): boolean {
  return NUMBER_TYPES.has(property?.type);
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
