// Which mapping paths hold one value of a product as it is: a field, its sub-fields and its aliases, those not analyzed.
import type { MappingProperty } from '../../engine/client/client.js';
import { isNumberProperty } from '../../engine/indices/mapping-property.js';
import type { ExactFields } from '../../query/placement/engine-capabilities.js';

type Properties = Readonly<Record<string, MappingProperty>>;

interface Leaf {
  readonly path: string;
  /** of the value in `_source`: a sub-field's is its field's */
  readonly origin: string;
  readonly property: MappingProperty;
}

/** @param mappings of every index behind one name; a path that is analyzed in one of them is not exact */
export function exactFields(mappings: readonly Properties[]): ExactFields {
  const leaves = mappings.flatMap((properties) => walk(properties, ''));
  const analyzed = new Set(leaves.filter(({ property }) => !isExact(property)).map(({ path }) => path));
  const byOrigin = new Map<string, Set<string>>();
  const fields = new Map<string, ReadonlySet<string>>();
  for (const { path, origin } of leaves) {
    const exact = byOrigin.get(origin) ?? new Set();
    byOrigin.set(origin, exact);
    if (!analyzed.has(path)) exact.add(path);
    fields.set(path, exact);
  }
  return fields;
}

function isExact(property: MappingProperty): boolean {
  const { type, normalizer, split_queries_on_whitespace: splits, index } = property;
  if (index === false) return false;
  if (type === 'keyword') return normalizer === undefined && splits !== true;
  return type === 'constant_keyword' || type === 'boolean' || isNumberProperty(property);
}

/** An alias may stand for a text field. */
function walk(properties: Properties, prefix: string): Leaf[] {
  const found = leavesOf(properties, prefix);
  const byPath = new Map(found.map((leaf) => [leaf.path, leaf]));
  return found.flatMap((leaf) => {
    const target = leaf.property.type === 'alias' ? byPath.get(leaf.property.path ?? '') : leaf;
    return target ? [{ ...target, path: leaf.path }] : [];
  });
}

function leavesOf(properties: Properties, prefix: string, origin?: string): Leaf[] {
  return Object.entries(properties).flatMap(([name, property]): Leaf[] => {
    const path = prefix + name;
    const own: Leaf = { path, origin: origin ?? path, property };
    return [
      ...(property.properties ? leavesOf(property.properties, `${path}.`) : [own]),
      ...leavesOf(property.fields ?? {}, `${path}.`, own.origin),
    ];
  });
}
