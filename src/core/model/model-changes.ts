// The differences between two configurations of a model, or between other settings, setting by setting.
import type { Model } from './model.js';

/** `before` is null where the setting is new, `after` where it is gone. */
export interface ModelChange {
  /** lists by name, e.g. `globalAffinityFields.brand.weight`, `categoryOverrides.shoes.size.weight` */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * In the order of `after`, what is gone last. Weights are compared by field, event and category, whatever place they
 * have in their lists; an override is compared per category, so that grouping categories differently is no change.
 */
export function modelChanges(before: Model, after: Model): ModelChange[] {
  return changes(settings(before), settings(after));
}

/** The same of settings that are no model: every plain value by its path. */
export function settingChanges(before: object, after: object): ModelChange[] {
  return changes(leaves('', before), leaves('', after));
}

function changes(before: readonly Setting[], after: readonly Setting[]): ModelChange[] {
  const old = new Map(before);
  const current = new Map(after);
  return [...new Set([...current.keys(), ...old.keys()])].flatMap((path) => {
    const change = { path, before: old.get(path) ?? null, after: current.get(path) ?? null };
    return JSON.stringify(change.before) === JSON.stringify(change.after) ? [] : [change];
  });
}

type Setting = [path: string, value: unknown];

function settings({ categoryOverrides, globalAffinityFields, eventWeights, ...rest }: Model): Setting[] {
  return [
    ...globalAffinityFields.map(({ field, weight }) => weightAt('globalAffinityFields', field, weight)),
    ...categoryOverrides.flatMap(({ categories, fields }) =>
      categories.flatMap((category) =>
        fields.map(({ field, weight }) => weightAt(`categoryOverrides.${category}`, field, weight)),
      ),
    ),
    ...eventWeights.map(({ event, weight }) => weightAt('eventWeights', event, weight)),
    ...leaves('', rest),
  ];
}

function weightAt(list: string, name: string, weight: number): Setting {
  return [`${list}.${name}.weight`, weight];
}

/** Plain values of nested objects; a list of them is one value. */
function leaves(prefix: string, node: object): Setting[] {
  return Object.entries(node).flatMap(([key, value]): Setting[] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? leaves(`${prefix}${key}.`, value)
      : [[prefix + key, value]],
  );
}
