// Boost plans for an evaluation: the search's own reading and planning, over profiles in memory.
import { KindredError } from '../core/errors.js';
import { visitorPlan } from '../profiles/profile-boost-plan.js';
import { readVisitor } from '../profiles/read-profiles.js';
import type { CreatePlanFor } from './evaluation.js';

/** Nothing in memory is slow; a plan that takes this long is a defect. */
const DEADLINE_MS = 60_000;
const SESSION = 'evaluated';

export const createPlanFor: CreatePlanFor = (active, profiles) => {
  const readProfiles = async (_index: string, ids: readonly string[]) =>
    ids.map((id) => profiles.get(id) ?? null);
  return async ({ userId, category, sessionEvents, now }) => {
    const visitor = await readVisitor({
      active,
      identity: {
        ...(userId !== null && { userId }),
        ...(sessionEvents.length > 0 && { sessionId: SESSION }),
      },
      category,
      readProfiles,
      readSession: async () => sessionEvents,
      deadlineMs: DEADLINE_MS,
      now: () => now,
    });
    if (typeof visitor === 'string')
      throw new KindredError(visitor, `no plan for user "${userId}" in category "${category}": ${visitor}`);
    return visitorPlan(active, visitor, active.model.impact, now);
  };
};
