// What is known of one user: affinities by profile source, and the boosts that a search of theirs gets.
import type { FieldAffinities, ValueAffinity } from '../../contract/user.js';
import type { Affinities } from '../../core/affinity/affinity.js';
import { valueTastes } from '../../core/affinity/taste.js';
import { type BoostPlan, buildBoostPlan } from '../../core/boost-plan/boost-plan.js';
import type { SessionEvent } from '../../core/event/session-event.js';
import { type ActiveModel, affinityFields } from '../../core/model/model.js';
import type { ProfileDocument } from '../../core/profile/profile.js';
import type { ProfileFailure } from '../../core/skip-reason.js';
import { boostPlanInput } from '../../profiles/plan-boosts.js';
import { readRequestProfiles } from '../../profiles/read-request-profiles.js';
import { type ProfileSources, withinDeadline } from '../visitor/profile-lookup.js';

const DEADLINE_MS = 5_000;
const MAX_VALUES = 20;

export interface UserAffinities {
  readonly individual: ProfileDocument | null;
  /** of the running session, oldest first */
  readonly session: readonly SessionEvent[];
  /** of all products, and of the category when there is one */
  readonly affinities: readonly FieldAffinities[];
  /** of the category, or of all products */
  readonly plan: BoostPlan;
}

/** @param category of the search whose boosts are wanted; null: one that names none */
export async function readUserAffinities(
  sources: Pick<ProfileSources, 'readProfiles' | 'readSession' | 'now'>,
  active: ActiveModel,
  userId: string,
  category: string | null,
): Promise<UserAffinities | ProfileFailure> {
  const identity = { userId };
  const scopes = category === null ? [null] : [null, category];
  const read = (scope: string | null) =>
    withinDeadline(DEADLINE_MS, () => readRequestProfiles({ ...sources, active, identity, category: scope }));
  const affinities: FieldAffinities[] = [];
  let last: Pick<UserAffinities, 'individual' | 'plan'> | undefined;
  for (const profiles of await Promise.all(scopes.map(read))) {
    if (typeof profiles === 'string') return profiles;
    const unknownCategory = last !== undefined && profiles.category === null;
    const input = boostPlanInput(active, profiles, active.model.impact, sources.now());
    for (const field of unknownCategory ? [] : affinityFields(active.model)) {
      const values = valueAffinities(input, field, profiles.individual);
      if (values.length > 0) affinities.push({ category: profiles.category, field, values });
    }
    last = { individual: profiles.individual, plan: buildBoostPlan(input) };
  }
  if (!last) return 'profile-error';
  return { ...last, affinities, session: await sources.readSession(identity) };
}

function valueAffinities(
  input: ReturnType<typeof boostPlanInput>,
  field: string,
  individual: ProfileDocument | null,
): ValueAffinity[] {
  const own = individual?.scopes.find(({ category }) => category === input.category)?.fields;
  const counted = new Map(
    own?.find((each) => each.field === field)?.values.map((each) => [each[0], each[3]]),
  );
  const eventsOf = (value: string) => counted.get(value) ?? null;
  const share = (source: Affinities | undefined, value: string) => {
    const { total = 0, values } = source?.get(field) ?? {};
    return total > 0 ? (values?.get(value) ?? 0) / total : 0;
  };
  return valueTastes(input, field)
    .sort((a, b) => b.mass * Math.abs(Math.log(b.taste)) - a.mass * Math.abs(Math.log(a.taste)))
    .slice(0, MAX_VALUES)
    .map(({ value, x, lift, taste, population }) => ({
      value,
      individual: share(input.individual, value),
      session: share(input.session, value),
      group: share(input.group, value),
      population,
      taste,
      lift,
      x,
      events: eventsOf(value),
    }));
}
