// Hits of a preview as the API answers them: what the shop shows of a product, and why it is where it is.
import type { BaselineHit, VariantAnswer } from '../../contract/preview.js';
import type { Catalog } from '../../core/catalog.js';
import type { Finding } from '../../core/errors.js';
import { type FieldLocation, locatedValues, withComputed } from '../../core/field-location.js';
import type { ActiveModel } from '../../core/model/model.js';
import type { PreviewedVariant, PreviewHit } from './preview-search.js';

/** What is shown of a product; `fields` are mapping paths. */
export interface ShownFields extends Pick<Catalog, 'titleField' | 'categoryField' | 'imageField'> {
  readonly fields: readonly string[];
}

/** Where the values of a mapping path are. */
type Locate = (field: string) => FieldLocation;

export function showVariant(
  { outcome, hits }: PreviewedVariant,
  { model, version, needsTraining }: ActiveModel & { readonly needsTraining: readonly Finding[] },
  label: string,
  shown: ShownFields,
  locate: Locate,
): VariantAnswer {
  return {
    label,
    model: model.id,
    version,
    ...(outcome.applied
      ? { outcome: 'applied', profiles: outcome.profiles, boosts: outcome.boosts }
      : { outcome: 'skipped', reason: outcome.reason, profiles: [], boosts: 0 }),
    needs_training: needsTraining,
    hits: hits.map(
      ({ rank, rank_without, boost, affinities, relative, reasons, sentence, named, ...hit }) => ({
        ...showHit(hit, shown, locate),
        rank,
        rank_without,
        boost,
        affinities,
        relative,
        reasons: [...reasons],
        ...(sentence !== undefined && { sentence }),
        ...(named !== undefined && { named }),
      }),
    ),
  };
}

export function showHit(hit: PreviewHit, shown: ShownFields, locate: Locate): BaselineHit {
  const document = withComputed(hit._source, hit.fields);
  const valuesOf = (field: string) => locatedValues(document, locate(field));
  const textAt = (field: string) => valuesOf(field).join(', ');
  const { titleField, categoryField, imageField, fields } = shown;
  return {
    id: hit._id,
    title: textAt(titleField),
    image: (imageField && valuesOf(imageField)[0]) ?? null,
    category: textAt(categoryField) || null,
    fields: Object.fromEntries(fields.map((field) => [field, textAt(field)])),
    score: hit._score,
  };
}
