// Tastes as people are told them: a user's share of a value ÷ everybody's, with the same shrinkage; below 1 where they take less.
import { type LiftInput, PRIOR_ALL_PRODUCTS, PRIOR_IN_CATEGORY, type ValueLift, valueLifts } from './lift.js';

export interface ValueTaste extends ValueLift {
  /** ((x + σ·x_session + k·q·c) / (N + k)) / p, N all that the user did in the field; 1 where they are like all */
  readonly taste: number;
}

/**
 * What is sent to the engine is `lift`, which leaves out N: it is the same for every value of a field, so that an unseen
 * value is 1 and need not be sent. As a statement about the user it would be wrong: whoever did much would like all of it.
 */
export function valueTastes(input: LiftInput, field: string): ValueTaste[] {
  const lifts = valueLifts(input, field);
  const k = input.category === null ? PRIOR_ALL_PRODUCTS : PRIOR_IN_CATEGORY;
  const history = input.model.profiles.individual
    ? (input.individual?.get(field)?.total ?? 0) + (input.searched?.get(field)?.total ?? 0)
    : 0;
  // Of the session, and carried over from other categories.
  const besides = lifts.reduce((sum, { mass, x, cohort }) => sum + mass - x - k * cohort, 0);
  const all = history + besides + k;
  return lifts.map((each) => ({ ...each, taste: each.mass / all / each.population }));
}
