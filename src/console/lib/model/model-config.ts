// The configuration of a model, the part that is edited: taken from an API response, compared, and copied to a new model.
import type { Model } from '../../../core/model/model.js';

/** @param view a model as the API returns it; its state, version and quality are left out */
export function configOf({
  id,
  name,
  kind,
  catalog,
  globalAffinityFields,
  categoryOverrides,
  profiles,
  group,
  products,
  eventWeights,
  timeDecay,
  impact,
}: Model): Model {
  return {
    id,
    name,
    kind,
    catalog,
    globalAffinityFields,
    categoryOverrides,
    profiles,
    group,
    products,
    eventWeights,
    timeDecay,
    impact,
  };
}

/** Whether two results of `configOf` are equal; their keys are in the same order. */
export function sameConfig(one: Model, other: Model): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The configuration of a new model like another one, without an id, which the server makes of the name. */
export function copyOf(view: Model, name: string): Omit<Model, 'id'> {
  const { id: _, ...config } = configOf(view);
  return { ...config, kind: 'custom', name };
}

/** `Summer copy`, `Summer copy 2`: a name that no other model has, whatever its case. */
export function freeName(name: string, taken: readonly string[]): string {
  const used = new Set(taken.map((each) => each.toLowerCase()));
  const base = `${name.slice(0, 90)} copy`;
  for (let n = 1; ; n += 1) {
    const candidate = n === 1 ? base : `${base} ${n}`;
    if (!used.has(candidate.toLowerCase())) return candidate;
  }
}
