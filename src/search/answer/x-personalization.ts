// What personalization did to a request, or why it did nothing: the value of the `X-Personalization` header.
import type { ProfileSource } from '../../core/affinity/lift.js';
import type { SkipReason } from '../../core/skip-reason.js';

export type Outcome =
  | {
      readonly applied: true;
      readonly model: string;
      readonly version: number;
      readonly profiles: readonly ProfileSource[];
      readonly boosts: number;
      /** hash of the boost plan: equal keys may share a cache entry */
      readonly cacheKey: string;
    }
  | { readonly applied: false; readonly reason: SkipReason };

export function skipped(reason: SkipReason): Outcome {
  return { applied: false, reason };
}

/** `applied; model=ID@3; profile=individual+session; boosts=12` or `skipped; reason=R`. */
export function searchHeader(outcome: Outcome): string {
  if (!outcome.applied) return `skipped; reason=${outcome.reason}`;
  const { model, version, profiles, boosts } = outcome;
  return `applied; model=${model}@${version}; profile=${profiles.join('+')}; boosts=${boosts}`;
}

/** `applied; items=3/5`, or the one reason that all items share. */
export function msearchHeader(outcomes: readonly Outcome[]): string {
  const applied = outcomes.filter((outcome) => outcome.applied).length;
  const first = outcomes[0];
  if (applied === 0 && first && !first.applied) return searchHeader(first);
  return `applied; items=${applied}/${outcomes.length}`;
}
