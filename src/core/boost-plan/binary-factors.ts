// Factors of long lists, rounded so that a few filters say them: ln w as a binary number, one filter for each digit.
import { type Boost, type BoostPlan, boostLists } from './boost-plan.js';

/** 63 steps for each sign. */
const DIGITS = 6;
const MAX_STEPS = 2 ** DIGITS - 1;

/** Whether a list has more values than digits, of both signs. Ranges of numbers are few. */
export function isLong(list: readonly Boost[]): boolean {
  return list.length > 2 * DIGITS && list.every(({ range }) => !range);
}

/** ln w of one step of a list. */
function stepOf(list: readonly Boost[]): number {
  return Math.max(...list.map(({ factor }) => Math.abs(Math.log(factor)))) / MAX_STEPS;
}

const stepsOf = ({ factor }: Boost, step: number): number => Math.round(Math.log(factor) / step);

/** The plan with the factors of its long lists rounded to steps; what rounds to 1 is left out. */
export function roundFactors(plan: BoostPlan): BoostPlan {
  const rounded = new Map<Boost, Boost>();
  for (const list of boostLists(plan.boosts).filter(isLong)) {
    const step = stepOf(list);
    for (const boost of list) {
      const factor = Math.exp(stepsOf(boost, step) * step);
      rounded.set(boost, { ...boost, factor });
    }
  }
  const boosts = plan.boosts.map((boost) => rounded.get(boost) ?? boost).filter(({ factor }) => factor !== 1);
  return { ...plan, boosts, rounded: true };
}

/** A filter for all boosts whose ln w has a digit: together they multiply to the rounded factors. */
export interface FactorDigit {
  readonly boosts: readonly Boost[];
  readonly factor: number;
}

/** @param list of a plan whose factors are rounded */
export function factorDigits(list: readonly Boost[]): FactorDigit[] {
  const step = stepOf(list);
  return [1, -1].flatMap((sign) =>
    Array.from({ length: DIGITS }, (_, digit) => ({
      boosts: list.filter((boost) => {
        const steps = sign * stepsOf(boost, step);
        return steps > 0 && (steps >> digit) % 2 === 1;
      }),
      factor: Math.exp(sign * step * 2 ** digit),
    })).filter(({ boosts }) => boosts.length > 0),
  );
}
