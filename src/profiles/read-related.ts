// Reads the neighbours of what a person has and of what the session clicked, in one round.

import { ownSeeds, relatedEvidence, sessionSeeds } from '../core/boost-plan/related-products.js';
import { type ProfileDocument, productId } from '../core/profile/profile.js';
import type { ReadVisitorOptions, RelatedProducts, VisitorProfiles } from './visitor-profiles.js';

const none = () => [];

export async function readRelated(
  { active: { model, profileIndex }, readProfiles }: Pick<ReadVisitorOptions, 'active' | 'readProfiles'>,
  { own, sessionEvents, category }: Pick<VisitorProfiles, 'own' | 'sessionEvents' | 'category'>,
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
      const of = byId();
      return relatedEvidence(owned, 'individual', (objectId) => of.get(objectId)?.bought_with);
    },
    next() {
      const of = byId();
      const seen = new Set(sessionEvents.map(({ product }) => product.objectId));
      const led = relatedEvidence(clicked, 'session', (objectId) => of.get(objectId)?.next);
      return led.filter(({ objectId }) => !seen.has(objectId));
    },
  };
}
