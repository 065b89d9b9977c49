// One shopper as the hot path sees them: affinities by source, and what a search of theirs would be boosted by.
import type { Affinities } from '../../core/affinity/affinity.js';
import { valueLifts } from '../../core/affinity/lift.js';
import { type BoostPlan, buildBoostPlan } from '../../core/boost-plan/boost-plan.js';
import type { SessionEvent } from '../../core/event/session-event.js';
import { type ActiveModel, affinityFields } from '../../core/model/model.js';
import type { ProfileDocument } from '../../core/profile/profile.js';
import { planInput } from '../../profiles/profile-boost-plan.js';
import { readVisitor } from '../../profiles/read-profiles.js';
import type { SearchDeps } from '../search-deps.js';

const DEADLINE_MS = 5_000;
const VALUES_SHOWN = 20;

/** Shares are 0–1, of what each source has in the field; 0 where it has nothing. */
export interface ShownValue {
  readonly value: string;
  readonly individual: number;
  readonly session: number;
  readonly group: number;
  readonly population: number;
  /** the affinity: how many times as much as everybody's, blended from all sources */
  readonly lift: number;
  /** weighted, decayed events of the person's history */
  readonly x: number;
}

export interface ShownAffinities {
  /** the scope; null is all products */
  readonly category: string | null;
  readonly field: string;
  /** what speaks loudest first */
  readonly values: readonly ShownValue[];
}

export interface Person {
  readonly individual: ProfileDocument | null;
  /** of the running session, oldest first */
  readonly session: readonly SessionEvent[];
  /** of all products, and of the category when there is one */
  readonly affinities: readonly ShownAffinities[];
  readonly plan: BoostPlan;
}

/** @returns the reason in one word where profiles cannot be read */
export async function readPerson(
  deps: SearchDeps,
  active: ActiveModel,
  userId: string,
  category: string | null,
): Promise<Person | 'profile-timeout' | 'profile-error'> {
  const identity = { userId };
  const scopes = category === null ? [null] : [null, category];
  const read = (scope: string | null) =>
    readVisitor({ ...deps, deadlineMs: DEADLINE_MS, active, identity, category: scope });
  const visitors = await Promise.all(scopes.map(read));
  const affinities: ShownAffinities[] = [];
  let person: Pick<Person, 'individual' | 'plan'> | undefined;
  for (const visitor of visitors) {
    if (typeof visitor === 'string') return visitor;
    const unknownCategory = person !== undefined && visitor.category === null;
    const input = planInput(active, visitor, active.model.impact, deps.now());
    const { session, group, individual } = input;
    for (const field of unknownCategory ? [] : affinityFields(active.model)) {
      const share = (source: Affinities | undefined, value: string) => {
        const { total = 0, values } = source?.get(field) ?? {};
        return total > 0 ? (values?.get(value) ?? 0) / total : 0;
      };
      const values = valueLifts(input, field)
        .sort((a, b) => b.mass * Math.abs(Math.log(b.lift)) - a.mass * Math.abs(Math.log(a.lift)))
        .slice(0, VALUES_SHOWN)
        .map(({ value, x, lift, population }) => ({
          value,
          individual: share(individual, value),
          session: share(session, value),
          group: share(group, value),
          population,
          lift,
          x,
        }));
      if (values.length > 0) affinities.push({ category: visitor.category, field, values });
    }
    person = { individual: visitor.individual, plan: buildBoostPlan(input) };
  }
  if (!person) return 'profile-error';
  return { ...person, affinities, session: await deps.readSession(identity) };
}
