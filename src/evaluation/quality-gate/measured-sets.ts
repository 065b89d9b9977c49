// The tally of a version, of OFF and of what is active, as it is kept with the version.
import { type MeasureId, TRAINING_MEASURES } from '../../core/model/measures.js';
import type { MeasuredQuality, MeasuredSet } from '../../core/model/quality-verdict.js';
import type { MethodResult } from '../evaluation.js';
import type { Tally } from '../metrics/tally.js';

/**
 * @param tally of `off` and of the version
 * @param version its method's name
 * @param compared whether it is of `active` as well
 */
export function measuredSets(tally: Tally, version: string, compared: boolean): MeasuredQuality['sets'] {
  const results = tally.results();
  return Object.fromEntries(
    TRAINING_MEASURES.flatMap((set) => {
      const result = results[set];
      if (!result) return [];
      const { queries, methods } = result;
      return [
        [
          set,
          measuredSet(tally, set, queries, version, compared ? methods : { ...methods, active: undefined }),
        ],
      ];
    }),
  );
}

/** How far NDCG@10 of one method is above another's, set by set. */
export function differences(tally: Tally, sets: MeasuredQuality['sets'], name: string, other: string) {
  const measured = TRAINING_MEASURES.filter((set) => sets[set]);
  return Object.fromEntries(measured.map((set) => [set, tally.difference(set, name, other)]));
}

type Methods = Readonly<Record<string, MethodResult | undefined>>;

function measuredSet(
  tally: Tally,
  set: MeasureId,
  queries: number,
  name: string,
  { [name]: version, off, active }: Methods,
): MeasuredSet {
  return {
    queries,
    people: tally.subjects(set),
    version: score(version),
    off: score(off),
    active: active ? score(active) : null,
    vsOff: tally.difference(set, name, 'off'),
    vsActive: active ? tally.difference(set, name, 'active') : null,
  };
}

function score(result: MethodResult | undefined): MeasuredSet['off'] {
  const { ndcg10, hit10, ci95 } = result ?? { ndcg10: 0, hit10: 0, ci95: [0, 0] };
  return { ndcg10, hit10, ci95: [ci95[0], ci95[1]] };
}
