// Related products of a request: the neighbours of what a user has and of what the session clicked, read in one round.
import type { ProductEvidence } from '../core/boost-plan/product-boosts.js';
import { ownSeeds, relatedEvidence, sessionSeeds } from '../core/boost-plan/related-products.js';
import { type ProfileDocument, productId } from '../core/profile/profile.js';
import type { ReadRequestProfilesInput, RequestProfiles } from './read-request-profiles.js';

/** Functions, as most searches reuse a boost plan that has them already. Both are empty when the model is without. */
export interface RelatedProducts {
  /** what goes with the user's products */
  readonly related: () => readonly ProductEvidence[];
  /** what the session leads to, without the products that it has seen */
  readonly next: () => readonly ProductEvidence[];
}

const none = () => [];

export async function readRelatedProducts(
  {
    active: { model, profileIndex },
    readProfiles,
  }: Pick<ReadRequestProfilesInput, 'active' | 'readProfiles'>,
  { own, sessionEvents, category }: Pick<RequestProfiles, 'own' | 'sessionEvents' | 'category'>,
): Promise<RelatedProducts & { readonly neighbours: readonly (ProfileDocument | null)[] }> {
  if (model.products.related === 0) return { related: none, next: none, neighbours: [] };
  const owned = ownSeeds(own, category);
  const clicked = sessionSeeds(sessionEvents, model.eventWeights, category);
  const ids = [...new Set([...owned, ...clicked].map(({ objectId }) => productId(objectId)))];
  const documents = ids.length > 0 ? await readProfiles(profileIndex, ids) : [];
  const byId = () => new Map(documents.map((document) => [document?.key, document?.neighbours]));
  return {
    neighbours: documents,
    related() {
      const neighbours = byId();
      return relatedEvidence(owned, 'individual', (objectId) => neighbours.get(objectId)?.bought_with);
    },
    next() {
      const neighbours = byId();
      const seen = new Set(sessionEvents.map(({ product }) => product.objectId));
      const next = relatedEvidence(clicked, 'session', (objectId) => neighbours.get(objectId)?.next);
      return next.filter(({ objectId }) => !seen.has(objectId));
    },
  };
}
