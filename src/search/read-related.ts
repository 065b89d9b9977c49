// Reads the neighbours of what a person has and of what the session clicked, in one round.
import type { ProductEvidence } from '../core/product-boosts.js';
import { productId } from '../core/profile.js';
import { ownSeeds, relatedEvidence, sessionSeeds } from '../core/related-products.js';
import type { ReadVisitorOptions, VisitorProfiles } from './read-profiles.js';

/** Both are empty when the model does not ask. */
export interface RelatedProducts {
  /** what goes with the person's products */
  readonly related: readonly ProductEvidence[];
  /** what the session leads to; without what it has seen, which the shopper knows */
  readonly next: readonly ProductEvidence[];
}

export async function readRelated(
  { active: { model, profileIndex }, readProfiles }: Pick<ReadVisitorOptions, 'active' | 'readProfiles'>,
  { own, sessionEvents, category }: Pick<VisitorProfiles, 'own' | 'sessionEvents' | 'category'>,
): Promise<RelatedProducts> {
  if (model.products.related === 0) return { related: [], next: [] };
  const owned = ownSeeds(own, category);
  const clicked = sessionSeeds(sessionEvents, model.eventWeights, category);
  const ids = [...new Set([...owned, ...clicked].map(({ objectId }) => productId(objectId)))];
  const documents = ids.length > 0 ? await readProfiles(profileIndex, ids) : [];
  const neighbours = new Map(documents.map((document) => [document?.key, document?.neighbours]));
  const seen = new Set(sessionEvents.map(({ product }) => product.objectId));
  return {
    related: relatedEvidence(owned, 'individual', (objectId) => neighbours.get(objectId)?.bought_with),
    next: relatedEvidence(clicked, 'session', (objectId) => neighbours.get(objectId)?.next).filter(
      ({ objectId }) => !seen.has(objectId),
    ),
  };
}
