// Boost plans for an evaluation: a search's own reading and planning, over profiles in memory.
import { KindredError } from '../core/errors.js';
import { planBoosts } from '../profiles/plan-boosts.js';
import type { ReadProfiles } from '../profiles/profile-store.js';
import { readRequestProfiles } from '../profiles/read-request-profiles.js';
import type { CreatePlanFor } from './evaluation.js';
import type { ProfilesInMemory } from './train-in-memory.js';

const SESSION_ID = 'evaluated';

export function readInMemory(documents: ProfilesInMemory): ReadProfiles {
  return async (_index, ids) => ids.map((id) => documents.get(id) ?? null);
}

export const createPlanFor: CreatePlanFor = (active, documents) => {
  const readProfiles = readInMemory(documents);
  return async ({ userId, category, sessionEvents, now }) => {
    const profiles = await readRequestProfiles({
      active,
      identity: {
        userId: userId ?? undefined,
        sessionId: sessionEvents.length > 0 ? SESSION_ID : undefined,
      },
      category,
      readProfiles,
      readSession: async () => sessionEvents,
      now: () => now,
    });
    if (profiles === 'profile-error')
      throw new KindredError(profiles, `no plan for user "${userId}" in category "${category}": ${profiles}`);
    return planBoosts(active, profiles, active.model.impact, now);
  };
};
