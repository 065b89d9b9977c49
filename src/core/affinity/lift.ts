// The lift of a value: a user's history, session and cohort against the population, smoothed by the prior k.
import type { Model } from '../model/model.js';
import type { Affinities, FieldAffinity } from './affinity.js';
import { carriedTastes, type Elsewhere } from './carried-taste.js';
import { populationShare } from './population-share.js';

/** Prior strength k: with how many weighted events of the population the user's own are blended. */
export const PRIOR_IN_CATEGORY = 3;
export const PRIOR_ALL_PRODUCTS = 100;
/** σ / k: a full-weight event of the running session weighs a third of the prior, in every scope alike. */
const SESSION_SHARE_OF_PRIOR = 1 / 3;
/** How much the session's attributes give way to the products it leads to, where those are known and boosted. */
const NEXT_PRODUCTS_DAMPING = 16;
/** With how many weighted events of the population a cohort is blended. */
const COHORT_PRIOR = 300;

/** Whose events a lift or a boost comes from. */
export type ProfileSource = 'individual' | 'session' | 'group';

/** Affinities of one scope; a profile that is absent drops out of the formula. */
export interface LiftInput {
  readonly model: Model;
  /** the scope; null is all products */
  readonly category: string | null;
  readonly population: Affinities;
  readonly individual?: Affinities;
  /** inside a category: what the user searched for without naming one; not part of the population and cohorts */
  readonly searched?: Affinities;
  readonly session?: Affinities;
  readonly group?: Affinities;
  /** inside a category: what is known of the user outside of it */
  readonly elsewhere?: Elsewhere | undefined;
  /** `next`: the products that the session leads to, with the session's evidence x for each */
  readonly products?: { readonly next: readonly { readonly x: number }[] };
}

export interface ValueLift {
  readonly value: string;
  /** x of the user's history, what was searched for included; 0 where there is none */
  readonly x: number;
  /** p(v): the population's share, in (0, 1) */
  readonly population: number;
  /** q(v): the cohort's share, which is the population's where no cohort is known */
  readonly cohort: number;
  /** (x + σ·x_session + k·q·c) / (k·p), c what is carried over from other categories: 1 where the user is like all */
  readonly lift: number;
  /** the numerator of `lift` */
  readonly mass: number;
  /** the profile that contributes most */
  readonly profile: ProfileSource;
}

/**
 * Lifts of the values that the population and any of the other profiles know, in no order. Profiles that the model
 * switches off count as absent. Formula: docs/profiles.md, "From x to factors".
 */
export function valueLifts(input: LiftInput, field: string): ValueLift[] {
  const population = input.population.get(field);
  if (!population) return [];
  const { profiles } = input.model;
  const individual = profiles.individual ? input.individual?.get(field) : undefined;
  const searched = profiles.individual ? input.searched?.get(field) : undefined;
  const session = profiles.inSession && profiles.sessionProfile ? input.session?.get(field) : undefined;
  const group = profiles.group ? input.group?.get(field) : undefined;
  const k = input.category === null ? PRIOR_ALL_PRODUCTS : PRIOR_IN_CATEGORY;
  const sessionShare = sessionShareOfPrior(input);
  const sigma = sessionShare * k;
  const xOf = (value: string) => (individual?.values.get(value) ?? 0) + (searched?.values.get(value) ?? 0);
  const carried = carriedTastes(elsewhereOf(input), field, {
    x: xOf,
    session,
    sessionShare,
    total: (individual?.total ?? 0) + (searched?.total ?? 0) + sigma * (session?.total ?? 0),
    prior: k,
  });
  const own = [individual, searched, session, group].flatMap((source) => [...(source?.values.keys() ?? [])]);
  const values = new Set([...own, ...carried.values]);
  const groupIsCut = group !== undefined && isCut(group);
  return [...values].flatMap((value) => {
    const xPopulation = population.values.get(value);
    if (xPopulation === undefined) return [];
    const p = populationShare(xPopulation, population.total, population.values.size);
    const unknown = !group || (groupIsCut && !group.values.has(value));
    const q = unknown ? p : cohortShare(group, input.individual?.get(field), value, p);
    const x = xOf(value);
    const xSession = sigma * (session?.values.get(value) ?? 0);
    const taste = carried.of(value);
    const xCarried = k * q * (taste.lift - 1);
    const mass = x + xSession + k * q + xCarried;
    const profile = strongestSource(
      x + (taste.ofSession ? 0 : xCarried),
      xSession + (taste.ofSession ? xCarried : 0),
      k * Math.abs(q - p),
    );
    return [{ value, x, population: p, cohort: q, lift: mass / (k * p), mass, profile }];
  });
}

/** Without the profiles that the model switches off. */
function elsewhereOf({ elsewhere, model: { profiles } }: LiftInput): Elsewhere | undefined {
  return (
    elsewhere && {
      ...elsewhere,
      individual: profiles.individual ? elsewhere.individual : undefined,
      session: profiles.inSession && profiles.sessionProfile ? elsewhere.session : undefined,
    }
  );
}

/** q: the cohort's share without the user's own part, blended with the population's share p. */
function cohortShare(group: FieldAffinity, own: FieldAffinity | undefined, value: string, p: number): number {
  const x = Math.max(0, (group.values.get(value) ?? 0) - (own?.values.get(value) ?? 0));
  const total = Math.max(x, group.total - (own?.total ?? 0));
  return (x + COHORT_PRIOR * p) / (total + COHORT_PRIOR);
}

/** σ / k: the more is known of the products the session leads to, the less the attributes of its clicks count. */
function sessionShareOfPrior({ model, products }: LiftInput): number {
  const known = (products?.next ?? []).reduce((sum, { x }) => sum + x, 0);
  return SESSION_SHARE_OF_PRIOR / (1 + (NEXT_PRODUCTS_DAMPING * known * model.products.related) / 100);
}

/** Published lists keep only their strongest values while `total` counts all: an absent value is unknown, not 0. */
function isCut({ total, values }: FieldAffinity): boolean {
  let listed = 0;
  for (const x of values.values()) listed += x;
  // Published numbers are single precision.
  return listed < total * (1 - 1e-5);
}

function strongestSource(individual: number, session: number, group: number): ProfileSource {
  if (individual >= session && individual >= group) return 'individual';
  return session >= group ? 'session' : 'group';
}
