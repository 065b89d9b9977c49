// What the pipeline makes of one search before anything is sent.
import type { BoostPlan } from '../core/boost-plan/boost-plan.js';
import type { ActiveModel } from '../core/model/model.js';
import type { JsonDocument } from '../query/json/json-document.js';
import type { Outcome } from './answer/x-personalization.js';

export interface PreparedSearch {
  readonly outcome: Outcome;
  /** the caller's bytes without Kindred's own members: what the engine gets when nothing is personalized */
  readonly original: Buffer;
  /** the same, scanned, where it is to be explained; null when it is no JSON that Kindred reads */
  readonly document: JsonDocument | null;
  /** null when nothing is personalized */
  readonly personalized: PersonalizedSearch | null;
  readonly explain: boolean;
}

export interface PersonalizedSearch {
  readonly body: Buffer;
  readonly plan: BoostPlan;
  readonly active: ActiveModel;
}
