// What a user's taste in other categories says inside one where little or nothing is known of them.
import type { Affinities, FieldAffinity } from './affinity.js';
import { populationShare } from './population-share.js';

/** Prior strength k of what is carried over: `transfer.sql` learns how far it carries with the same one. */
export const PRIOR_ELSEWHERE = 10;

/** Affinities in all products, of a request inside a category. */
export interface Elsewhere {
  readonly population: Affinities;
  readonly individual?: Affinities | undefined;
  readonly session?: Affinities | undefined;
  /** field → how far a taste in it carries over into other categories, in (0, 1]; absent: not at all */
  readonly transfer: ReadonlyMap<string, number>;
}

/** Of one field, inside the category. */
export interface OwnEvidence {
  /** x of the history */
  readonly x: (value: string) => number;
  readonly session: FieldAffinity | undefined;
  /** how much a session's x weighs, relative to the prior */
  readonly sessionShare: number;
  /** weighted events: the more, the less is carried over */
  readonly total: number;
  /** the category's prior k */
  readonly prior: number;
}

export interface CarriedTaste {
  /** what the prior of the value is multiplied by; 1 where nothing is carried over */
  readonly lift: number;
  /** whether the session gives more of it than the history */
  readonly ofSession: boolean;
}

export interface CarriedTastes {
  readonly values: Iterable<string>;
  readonly of: (value: string) => CarriedTaste;
}

const NOTHING: CarriedTaste = { lift: 1, ofSession: false };
const NONE: CarriedTastes = { values: [], of: () => NOTHING };

/**
 * lift(v) = ((x_elsewhere(v) + κ·p_all(v)) / (κ·p_all(v))) ^ (t · k / (k + n)), κ = 10: the lift of v in all other
 * categories, t how far the field's tastes carry over, n the user's own weighted events in this category. Bands of
 * numbers carry nothing: every category has its own.
 */
export function carriedTastes(
  elsewhere: Elsewhere | undefined,
  field: string,
  { x, session, sessionShare, total, prior }: OwnEvidence,
): CarriedTastes {
  const transfer = elsewhere?.transfer.get(field) ?? 0;
  const population = elsewhere?.population.get(field);
  if (!elsewhere || !population || population.bands || !(transfer > 0)) return NONE;
  const history = elsewhere.individual?.get(field);
  const clicks = elsewhere.session?.get(field);
  const exponent = (transfer * prior) / (prior + total);
  const outside = (all: FieldAffinity | undefined, value: string, inside: number) =>
    Math.max(0, (all?.values.get(value) ?? 0) - inside);
  return {
    values: [...(history?.values.keys() ?? []), ...(clicks?.values.keys() ?? [])],
    of(value) {
      const known = population.values.get(value);
      if (known === undefined) return NOTHING;
      const mass = PRIOR_ELSEWHERE * populationShare(known, population.total, population.values.size);
      const ofHistory = outside(history, value, x(value));
      const ofSession =
        sessionShare * PRIOR_ELSEWHERE * outside(clicks, value, session?.values.get(value) ?? 0);
      return {
        lift: ((ofHistory + ofSession + mass) / mass) ** exponent,
        ofSession: ofSession > ofHistory,
      };
    },
  };
}
