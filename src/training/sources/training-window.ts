// The part of the past that a model looks at.
import { DAY_MS, DECAY_DAYS } from '../../core/affinity/affinity.js';
import type { Model } from '../../core/model/model.js';
import type { EventSurvey } from './event-survey.js';

/** Milliseconds since the epoch; `since: null` is everything. */
export interface TrainingWindow {
  readonly asOf: number;
  readonly since: number | null;
}

/** Ages count from the newest event, or from `now` when events are from the future. */
export function windowOf({ timeDecay }: Model, { newest }: EventSurvey, now: number): TrainingWindow {
  const asOf = Math.min(now, newest ?? now);
  const days = DECAY_DAYS[timeDecay];
  return { asOf, since: days === null ? null : asOf - days * DAY_MS };
}
