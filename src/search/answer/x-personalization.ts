// What personalization did to a request, and the response headers that say so: `X-Personalization`, timing, cache key.
import { hash } from 'node:crypto';
import type { ProfileSource } from '../../core/affinity/lift.js';
import type { BoostPlan } from '../../core/boost-plan/boost-plan.js';
import type { ActiveModel } from '../../core/model/model.js';
import type { ProfileFailure, SkipReason } from '../../core/skip-reason.js';
import { modelCache } from '../../profiles/model-cache.js';

export type Outcome =
  | {
      readonly applied: true;
      readonly model: string;
      readonly version: number;
      readonly profiles: readonly ProfileSource[];
      readonly boosts: number;
      /** hash of the boost plan: responses with equal keys may share a cache entry */
      readonly cacheKey: string;
      /** why the session, or a part of the history, did not count; absent when all did */
      readonly partial?: ProfileFailure | undefined;
      readonly first?: boolean | undefined;
    }
  | {
      readonly applied: false;
      readonly reason: SkipReason;
      /** the visitor had not searched here for a while, and profiles were looked up */
      readonly first?: boolean | undefined;
    };

/** Milliseconds: what Kindred took before the engine was asked, and the engine until it began to respond. */
export interface Timing {
  readonly kindred: number;
  readonly engine: number;
}

/** Everything by which a request may say who it is from, and what it asks of personalization. */
const VARY =
  'Authorization, Cookie, X-User-Token, X-User-Id, X-Client-Id, X-Session-Id, X-Kindred, X-Kindred-Key';
/** Shared caches must not give one user's response to another. */
export const PRIVATE = { 'cache-control': 'private', vary: VARY };
/** The cache key of responses that are not personalized: they are the same for everyone. */
const ORIGINAL_KEY = 'plain';

export function appliedOutcome(active: ActiveModel, plan: BoostPlan): Extract<Outcome, { applied: true }> {
  return {
    applied: true,
    model: active.model.id,
    version: active.version,
    profiles: plan.profiles,
    boosts: plan.boosts.length,
    cacheKey: modelCache(active)
      .memosOf(plan)
      .cacheKey([], () => boostPlanCacheKey(active, plan)),
  };
}

export function skipped(reason: SkipReason, first?: boolean): Outcome {
  return { applied: false, reason, first };
}

/** @param multi whether the request was a multi-search */
export function personalizationHeaders(
  outcomes: readonly Outcome[],
  multi: boolean,
  timing: Timing,
): Record<string, string> {
  return {
    'x-personalization': headerValue(outcomes, multi),
    'server-timing': `kindred;dur=${timing.kindred.toFixed(2)}, engine;dur=${timing.engine.toFixed(2)}`,
    ...PRIVATE,
    'x-kindred-cache-key': cacheKey(outcomes),
  };
}

/** Of a multi-search `applied; items=3/5`, or where nothing was applied the reason of its first item. */
function headerValue(outcomes: readonly Outcome[], multi: boolean): string {
  const [first] = outcomes;
  if (!first) return searchValue(skipped('unsupported'));
  const applied = outcomes.filter((outcome) => outcome.applied).length;
  return multi && applied > 0 ? `applied; items=${applied}/${outcomes.length}` : searchValue(first);
}

/** `applied; model=ID@3; profile=individual+session; boosts=12`, then `partial=R` where it is; or `skipped; reason=R`. */
function searchValue(outcome: Outcome): string {
  if (!outcome.applied) return `skipped; reason=${outcome.reason}`;
  const { model, version, profiles, boosts, partial } = outcome;
  const applied = `applied; model=${model}@${version}; profile=${profiles.join('+')}; boosts=${boosts}`;
  return partial ? `${applied}; partial=${partial}` : applied;
}

/** One key for the whole response; an item that was not personalized counts by its position. */
function cacheKey(outcomes: readonly Outcome[]): string {
  if (!outcomes.some(({ applied }) => applied)) return ORIGINAL_KEY;
  const keys = outcomes.map((outcome) => (outcome.applied ? outcome.cacheKey : ''));
  const [only] = keys;
  if (keys.length === 1 && only) return only;
  return hash('sha256', keys.join(), 'base64url').slice(0, 22);
}

/** Hash of what a plan does to a result list: responses with equal keys may share a cache entry. */
export function boostPlanCacheKey({ model, version }: ActiveModel, plan: BoostPlan): string {
  const text = JSON.stringify([model.id, version, plan.maxBoost, plan.overridden, plan.boosts]);
  return hash('sha256', text, 'base64url').slice(0, 22);
}
