// A preview in the words of the API: hits with what a shopper sees of them, and why they are where they are.

import type { Catalog } from '../../../core/catalog.js';
import { sourcePath, valuesAt } from '../../../core/product.js';
import type { PreviewedModel } from '../../../models/lifecycle/previewed-model.js';
import type { PreviewedVariant, PreviewHit } from '../../../search/preview/preview.js';

/** @param fields mapping paths whose values are shown */
export function showVariant(
  { outcome, hits }: PreviewedVariant,
  { model, version, needsTraining }: PreviewedModel,
  label: string,
  { catalog, fields }: { readonly catalog: Catalog; readonly fields: readonly string[] },
) {
  return {
    label,
    model: model.id,
    version,
    ...(outcome.applied
      ? { outcome: 'applied', profiles: outcome.profiles, boosts: outcome.boosts }
      : { outcome: 'skipped', reason: outcome.reason, profiles: [], boosts: 0 }),
    needs_training: needsTraining,
    hits: hits.map(({ rank, rank_without, boost, affinities, ...hit }) => ({
      ...showHit(hit, catalog, fields),
      rank,
      rank_without,
      boost,
      affinities,
    })),
  };
}

export function showHit({ _id, _score, _source }: PreviewHit, catalog: Catalog, fields: readonly string[]) {
  const textAt = (field: string) => valuesAt(_source, sourcePath(field)).join(', ');
  return {
    id: _id,
    title: textAt(catalog.titleField),
    image: (catalog.imageField && valuesAt(_source, sourcePath(catalog.imageField))[0]) ?? null,
    category: textAt(catalog.categoryField) || null,
    fields: Object.fromEntries(fields.map((field) => [field, textAt(field)])),
    score: _score,
  };
}
