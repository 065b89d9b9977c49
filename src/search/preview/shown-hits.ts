// Hits of a preview as the API answers them: what the shop shows of a product, and why it is where it is.
import type { BaselineHit, VariantAnswer } from '../../contract/preview.js';
import type { Catalog } from '../../core/catalog.js';
import type { Finding } from '../../core/errors.js';
import type { ActiveModel } from '../../core/model/model.js';
import { sourcePath, valuesAt } from '../../core/product.js';
import type { PreviewedVariant, PreviewHit } from './preview-search.js';

/** @param fields mapping paths whose values are shown */
export function showVariant(
  { outcome, hits }: PreviewedVariant,
  { model, version, needsTraining }: ActiveModel & { readonly needsTraining: readonly Finding[] },
  label: string,
  catalog: Catalog,
  fields: readonly string[],
): VariantAnswer {
  return {
    label,
    model: model.id,
    version,
    ...(outcome.applied
      ? { outcome: 'applied', profiles: outcome.profiles, boosts: outcome.boosts }
      : { outcome: 'skipped', reason: outcome.reason, profiles: [], boosts: 0 }),
    needs_training: needsTraining,
    hits: hits.map(({ rank, rank_without, boost, affinities, named, ...hit }) => ({
      ...showHit(hit, catalog, fields),
      rank,
      rank_without,
      boost,
      affinities,
      ...(named !== undefined && { named }),
    })),
  };
}

/** @param fields mapping paths whose values are shown */
export function showHit(
  { _id, _score, _source }: PreviewHit,
  catalog: Catalog,
  fields: readonly string[],
): BaselineHit {
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
