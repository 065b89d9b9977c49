// The quality gate of a training: what the new version is worth on held-out events, or why that cannot be said.
import { KindredError } from '../../core/errors.js';
import { judgeQuality, notJudged } from '../../core/model/quality-verdict.js';
import type { VersionJudge } from '../../training/version-judge.js';
import { createPlanFor as createPlanForInMemory } from '../boost-plans.js';
import { windowWithHeldOut } from './held-out.js';
import { type MeasureOptions, measureQuality } from './measure-quality.js';

export interface QualityGateOptions extends Partial<Pick<MeasureOptions, 'createPlanFor'>> {
  /** called with failures that are no fault of the data, for the log */
  readonly onFailure?: (error: unknown) => void;
}

/** A version that cannot be judged is trained all the same: its quality says why. */
export function createQualityGate({
  createPlanFor = createPlanForInMemory,
  onFailure,
}: QualityGateOptions = {}): VersionJudge {
  return {
    windowToRead: windowWithHeldOut,
    async judgeVersion(steps, source, input, onShare) {
      try {
        const measured = await measureQuality(steps, source, { createPlanFor, ...input }, onShare);
        return judgeQuality(measured, input.model.products.buyAgain);
      } catch (error) {
        input.signal?.throwIfAborted();
        if (!(error instanceof KindredError)) onFailure?.(error);
        const [words = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
        return notJudged(words);
      }
    },
  };
}
