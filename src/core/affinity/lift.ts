// What is known of one field of a person in one scope: value by value, blended from history, session and cohort.

import type { BoostPlanInput } from '../boost-plan/boost-plan-input.js';
import type { ProfileSource } from '../profile/profile-source.js';
import type { FieldAffinity } from './affinity.js';
import { populationShare } from './smoothed-share.js';

/** Prior strength k: how many weighted events of the population a person's own events are blended with. */
export const PRIOR_IN_CATEGORY = 3;
export const PRIOR_ALL_PRODUCTS = 100;
/** σ / k: a full-weight event of the running session weighs a third of the prior, in every scope alike. */
const SESSION_SHARE_OF_PRIOR = 1 / 3;
/** How much attributes of a session give way where it is known which products it leads to, and those are asked for. */
const LED = 16;
/** Weighted events of the population a cohort is shrunk with. */
const COHORT_PRIOR = 300;

export interface ValueEvidence {
  readonly value: string;
  /** x of the person's history, and what was searched for; 0 where there is none */
  readonly x: number;
  /** p(v): the population's share, in (0, 1) */
  readonly population: number;
  /** q(v): the cohort's, which is the population's where no cohort is known */
  readonly cohort: number;
  /** (x + σ·x_session + k·q) / (k·p): the affinity */
  readonly lift: number;
  /** its numerator */
  readonly mass: number;
  /** the profile that contributes most */
  readonly profile: ProfileSource;
}

/** Values that any profile knows and the population too, in no order. Switches of the model count. */
export function fieldEvidence(input: BoostPlanInput, field: string): ValueEvidence[] {
  const population = input.population.get(field);
  if (!population) return [];
  const { profiles } = input.model;
  const individual = profiles.individual ? input.individual?.get(field) : undefined;
  const searched = profiles.individual ? input.searched?.get(field) : undefined;
  const session = profiles.inSession && profiles.sessionProfile ? input.session?.get(field) : undefined;
  const group = profiles.group ? input.group?.get(field) : undefined;
  const k = input.category === null ? PRIOR_ALL_PRODUCTS : PRIOR_IN_CATEGORY;
  const values = new Set(
    [individual, searched, session, group].flatMap((source) => [...(source?.values.keys() ?? [])]),
  );
  const sigma = sessionShare(input) * k;
  const groupIsCut = group !== undefined && isCut(group);
  return [...values].flatMap((value) => {
    if (!population.values.has(value)) return [];
    const p = share(population, value);
    const unknown = !group || (groupIsCut && !group.values.has(value));
    const q = unknown ? p : cohortShare(group, input.individual?.get(field), value, p);
    const x = (individual?.values.get(value) ?? 0) + (searched?.values.get(value) ?? 0);
    const xSession = sigma * (session?.values.get(value) ?? 0);
    const mass = x + xSession + k * q;
    const profile = strongestSource(x, xSession, k * Math.abs(q - p));
    return [{ value, x, population: p, cohort: q, lift: mass / (k * p), mass, profile }];
  });
}

/** σ / k: the better it is known which products the session leads to, the less the attributes of its clicks say. */
function sessionShare({ model, products }: BoostPlanInput): number {
  const known = (products?.next ?? []).reduce((sum, { x }) => sum + x, 0);
  return SESSION_SHARE_OF_PRIOR / (1 + (LED * known * model.products.related) / 100);
}

/** p(v): the population's share of a value, smoothed over the values of the scope; in (0, 1). */
function share(population: FieldAffinity, value: string): number {
  return populationShare(population.values.get(value) ?? 0, population.total, population.values.size);
}

/** Published lists end behind their strongest values while `total` counts all: an absent value is unknown, not 0. */
function isCut({ total, values }: FieldAffinity): boolean {
  let listed = 0;
  for (const x of values.values()) listed += x;
  // Published numbers are single precision.
  return listed < total * (1 - 1e-5);
}

/** q(v): the cohort's share without the person's own part, shrunk to the population's. */
function cohortShare(group: FieldAffinity, own: FieldAffinity | undefined, value: string, p: number): number {
  const x = Math.max(0, (group.values.get(value) ?? 0) - (own?.values.get(value) ?? 0));
  const total = Math.max(x, group.total - (own?.total ?? 0));
  return (x + COHORT_PRIOR * p) / (total + COHORT_PRIOR);
}

function strongestSource(individual: number, session: number, group: number): ProfileSource {
  if (individual >= session && individual >= group) return 'individual';
  return session >= group ? 'session' : 'group';
}
