// The gate of a training: what the new version is worth, or why that cannot be said. It never fails a training.
import { isDeepStrictEqual } from 'node:util';
import { KindredError } from '../../core/errors.js';
import type { Model } from '../../core/model/model.js';
import { judgeQuality, notJudged, type Quality } from '../../core/model/quality.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import type { TrainingSource } from '../../training/sources/training-source.js';
import { type MeasureOptions, measureQuality, type ServingVersion } from './measure-quality.js';

export interface JudgeOptions extends MeasureOptions {
  /** told what is no fault of the data, for the log */
  readonly onFailure: (error: unknown) => void;
}

/** Rejects with the signal's reason alone. */
export async function judgeVersion(
  steps: SqlSteps,
  source: TrainingSource,
  options: JudgeOptions,
  onShare: (share: number) => void,
): Promise<Quality> {
  const { model, signal, onFailure } = options;
  try {
    return judgeQuality(await measureQuality(steps, source, options, onShare), model.products.buyAgain);
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof KindredError)) onFailure(error);
    const [words = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    return notJudged(words);
  }
}

/** What a new version is compared with beside OFF: the same settings trained on the same past would tell nothing. */
export function rivalOf(model: Model, active: ServingVersion | undefined): ServingVersion | null {
  return active && !isDeepStrictEqual(settingsOf(active.model), settingsOf(model)) ? active : null;
}

function settingsOf({ id: _, name: __, kind: ___, ...settings }: Model) {
  return settings;
}
