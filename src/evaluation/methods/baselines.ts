// Baselines: popularity, what a user bought, and raw shares of their history.
import { type Affinities, foldAffinities } from '../../core/affinity/affinity.js';
import { bandsOf } from '../../core/affinity/number-bands.js';
import { affinityFields } from '../../core/model/model.js';
import { individualId, populationId, scopeAffinities } from '../../core/profile/profile.js';
import type { Assortment } from '../tasks/assortment.js';
import type { Method, Query } from '../tasks/judged-query.js';
import type { TrainedInMemory } from '../train-in-memory.js';

/** The best constant on development data, to the baseline's advantage. */
const RAW_SHARE_STRENGTH = 20;

export function popularity(assortment: Assortment): Method {
  const score = ({ candidates }: Query) =>
    Float64Array.from(candidates, (item) => assortment.popularity[item] ?? 0);
  return { name: 'popularity', score };
}

/** The product switched off: the base ranking that boosts multiply. */
export function off(assortment: Assortment): Method {
  const score = ({ candidates }: Query) =>
    Float64Array.from(candidates, (item) => Math.sqrt(assortment.popularity[item] ?? 0));
  return { name: 'off', score };
}

/** The user's own products by decayed count. */
export function repeatOwn(): Method {
  return {
    name: 'repeat_own',
    score({ own, candidates }) {
      const worth = new Map(own.items.map((item, place) => [item, own.worths[place] ?? 0]));
      return Float64Array.from(candidates, (item) => worth.get(item) ?? 0);
    },
  };
}

/**
 * Popularity × (1 + 20·a), a the evenly weighted share of the user's decayed history (all products, the session
 * included) that has the candidate's value: what affinity products usually do. A multi-valued field gives its largest.
 */
export function rawShare(
  { products, popularity }: Assortment,
  { active, profiles }: TrainedInMemory,
): Method {
  const { model } = active;
  const fields = affinityFields(model);
  const profile = profiles.get(populationId(null));
  const population: Affinities = profile ? scopeAffinities(profile, null) : new Map();
  const valuesOf = (item: number, field: string) => {
    const values = products[item]?.values.get(field) ?? [];
    const bands = population.get(field)?.bands;
    return bands ? bandsOf(values, bands) : values;
  };
  return {
    name: 'raw_share',
    score({ userId, sessionEvents, now, candidates }) {
      const profile = userId === null ? undefined : profiles.get(individualId(userId));
      const { eventWeights, timeDecay } = model;
      const session = { fields, eventWeights, timeDecay, asOf: now, category: null, population };
      const shares = sharesOf(fields, [
        profile ? scopeAffinities(profile, null) : new Map(),
        foldAffinities(sessionEvents, session),
      ]);
      return Float64Array.from(candidates, (item) => {
        let sum = 0;
        for (const [field, ofValue] of shares) {
          let largest = 0;
          for (const value of valuesOf(item, field)) largest = Math.max(largest, ofValue.get(value) ?? 0);
          sum += largest;
        }
        return (popularity[item] ?? 0) * (1 + (RAW_SHARE_STRENGTH * sum) / fields.length);
      });
    },
  };
}

/** Field → value → its share of all these affinities. */
function sharesOf(fields: readonly string[], sources: readonly Affinities[]) {
  return fields.map((field): [string, ReadonlyMap<string, number>] => {
    const found = sources.flatMap((source) => source.get(field) ?? []);
    const total = found.reduce((sum, affinity) => sum + affinity.total, 0);
    const shares = new Map<string, number>();
    for (const { values } of found)
      for (const [value, x] of values) shares.set(value, (shares.get(value) ?? 0) + x / total);
    return [field, shares];
  });
}
