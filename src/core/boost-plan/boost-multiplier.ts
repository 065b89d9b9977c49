// The multiplier of one product under a boost plan, computed from the product as the engine computes it for a hit.
import { bandsOf } from '../affinity/number-bands.js';
import type { Product } from '../product.js';
import { type Boost, type BoostPlan, ID_FIELD } from './boost-plan.js';

/**
 * The product of the factors of every boost that matches; of a multi-valued field only the strongest counts.
 * Products of overridden categories follow their override alone.
 * @param multiValuedFields fields in which a product can have several values
 * @returns a function of the product, as one plan is applied to many; 1 where no boost matches
 */
export function boostMultiplier(
  plan: BoostPlan,
  multiValuedFields: readonly string[],
): (product: Product) => number {
  const byField = new Map<string, Map<string, Boost[]>>();
  for (const boost of plan.boosts) {
    const byValue = byField.get(boost.field) ?? new Map<string, Boost[]>();
    byField.set(boost.field, byValue.set(boost.value, [...(byValue.get(boost.value) ?? []), boost]));
  }
  const fields = [...byField].map(([field, byValue]) => {
    const bands = new Map(
      [...byValue.values()].flat().flatMap(({ value, range }) => (range ? [[value, range]] : [])),
    );
    return {
      valuesOf({ values, objectId }: Product): readonly string[] {
        if (field === ID_FIELD) return [objectId];
        const own = values.get(field) ?? [];
        return bands.size > 0 ? bandsOf(own, bands) : own;
      },
      byValue,
      strongestOnly: multiValuedFields.includes(field),
    };
  });
  const overridden = new Set(plan.category === null ? plan.overridden : []);

  const applies = ({ categories: only }: Boost, { categories }: Product): boolean =>
    only
      ? categories.some((category) => only.includes(category))
      : !categories.some((category) => overridden.has(category));

  return (product) => {
    let multiplier = 1;
    for (const { valuesOf, byValue, strongestOnly } of fields) {
      let strongest = 0;
      for (const value of valuesOf(product))
        for (const boost of byValue.get(value) ?? [])
          if (applies(boost, product)) {
            if (strongestOnly) strongest = Math.max(strongest, boost.factor);
            else multiplier *= boost.factor;
          }
      if (strongest > 0) multiplier *= strongest;
    }
    return multiplier;
  };
}
