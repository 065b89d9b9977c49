// What a boost rests on, counted: the user's events, those of the running session, or the people of the cohort.

import { ID_FIELD } from '../core/boost-plan/boost-plan.js';
import { canonicalEventName } from '../core/event/event-names.js';
import type { Evidence, MatchedBoost } from '../core/explain/contrast.js';
import type { Model } from '../core/model/model.js';
import type { RequestProfiles } from './request-profiles.js';

/**
 * Undefined where nothing is counted: of related products, and of versions trained before events were counted.
 * It reads what the request has read: no engine is asked.
 */
export function createBoostEvidence(
  { eventWeights }: Pick<Model, 'eventWeights'>,
  { individual, group, sessionEvents, category }: RequestProfiles,
): (boost: MatchedBoost) => Evidence | undefined {
  const [strongest] = [...eventWeights].sort((a, b) => b.weight - a.weight);
  const ofHistory = ([taken = 0, events = 0]: readonly [number?, number?]): Evidence | undefined => {
    if (taken > 0 && strongest) return { count: taken, of: canonicalEventName(strongest.event) };
    return events > 0 ? { count: events, of: 'event' } : undefined;
  };

  function historyOf({ field, value, product }: MatchedBoost): Evidence | undefined {
    if (product) {
      const own = individual?.products?.find(([id]) => id === value);
      return own && ofHistory([own[4], own[5]]);
    }
    // In a category without history of its own, what was done in others speaks.
    for (const scope of [category, null]) {
      const fields = individual?.scopes.find((each) => each.category === scope)?.fields;
      const entry = fields?.find((each) => each.field === field)?.values.find(([own]) => own === value);
      const found = entry && ofHistory([entry[2], entry[3]]);
      if (found) return found;
    }
    return undefined;
  }

  function sessionOf({ field, value }: MatchedBoost): Evidence | undefined {
    const count = sessionEvents.filter(({ product }) =>
      field === ID_FIELD ? product.objectId === value : product.values.get(field)?.includes(value),
    ).length;
    return count > 0 ? { count, of: 'event' } : undefined;
  }

  return (boost) => {
    if (boost.product === 'related') return undefined;
    if (boost.profile === 'individual') return historyOf(boost);
    if (boost.profile === 'session') return sessionOf(boost);
    return group ? { count: group.people, of: 'shopper' } : undefined;
  };
}
