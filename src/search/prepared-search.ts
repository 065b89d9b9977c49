// What the pipeline makes of one search before anything is sent, and the requests that it makes of all.
import type { BoostPlan } from '../core/boost-plan/boost-plan.js';
import type { Evidence, MatchedBoost } from '../core/explain/contrast.js';
import type { ActiveModel } from '../core/model/model.js';
import { withTimeout, withTimeoutParameter } from '../query/body/time-budget.js';
import type { ExactName } from '../query/boosts/exact-name.js';
import type { JsonDocument } from '../query/json/json-document.js';
import type { Outcome } from './answer/x-personalization.js';
import type { SearchBatch } from './request/search-batch.js';
import { type ForwardedRequest, uncompressed } from './upstream/forward.js';

export interface PreparedSearch {
  readonly outcome: Outcome;
  /** the caller's bytes without Kindred's own members: what the engine gets when nothing is personalized */
  readonly original: Buffer;
  /** the same, scanned, where it is to be explained or has a `timeout`; null when it is no JSON that Kindred reads */
  readonly document: JsonDocument | null;
  /** milliseconds that the caller gives the engine, of a personalized search; null without a limit */
  readonly timeout: number | null;
  /** null when nothing is personalized */
  readonly personalized: PersonalizedSearch | null;
  readonly explain: boolean;
}

export interface PersonalizedSearch {
  readonly body: Buffer;
  readonly plan: BoostPlan;
  readonly active: ActiveModel;
  /** what keeps the product that the search names in front */
  readonly named: ExactName;
  /** what a boost rests on, of a search that is explained */
  readonly evidence?: ((boost: MatchedBoost) => Evidence | undefined) | undefined;
}

/**
 * send: the personalized request, null where no search is, and the original one. A search with a `timeout` gets half of it
 * personalized, and what is left when the original has to be sent after all.
 */
export function requestsOf(batch: SearchBatch, prepared: readonly PreparedSearch[], explain: boolean) {
  const { searches, target } = batch;
  const untouched = prepared.every(({ original }, at) => original === searches[at]?.body);
  const originals = prepared.map((search) => search.original);
  const original = untouched ? batch.original : { target, body: batch.withBodies(originals) };
  const [only] = prepared;
  const within = (limit: (timeout: number) => number) =>
    batch.msearch || only?.timeout == null ? target : withTimeoutParameter(target, limit(only.timeout));
  const read = explain ? uncompressed : (request: ForwardedRequest) => request;
  const personalized = prepared.some((search) => search.personalized) && {
    target: within((timeout) => timeout / 2),
    body: batch.withBodies(prepared.map((search) => search.personalized?.body ?? search.original)),
  };
  function originalAfter(elapsedMs: number): ForwardedRequest {
    // The engine counts its own time alone; and items of a multi-search each count theirs.
    const left = (timeout: number) =>
      batch.msearch ? timeout / 2 : Math.max(timeout / 2, timeout - elapsedMs);
    if (prepared.every(({ timeout }) => timeout === null)) return read(original);
    const bodies = prepared.map(({ original: body, document, timeout }) =>
      document && timeout !== null ? withTimeout(document, left(timeout)).bytes : body,
    );
    return read({ target: within(left), body: batch.withBodies(bodies) });
  }
  const originalOf = (positions: readonly number[]): ForwardedRequest => ({
    target,
    body: batch.subset(new Map(positions.map((at) => [at, prepared[at]?.original ?? Buffer.alloc(0)]))),
  });
  return {
    original: read(original),
    personalized: personalized ? read(personalized) : null,
    originalAfter,
    originalOf,
  };
}
