// One training from start to end, through the model's life cycle as the API does it: for commands that wait for it.
import type { TrainingStatus } from '../contract/training.js';
import { KindredError } from '../core/errors.js';
import { measureLines, type Quality } from '../core/model/quality-verdict.js';
import type { TrainingProgress } from '../core/model/training-run.js';
import type { Lifecycle } from '../models/lifecycle/lifecycle.js';

export interface TrainModelOptions {
  readonly actor: string;
  /** dataset directory to train from instead of the event and catalog indices */
  readonly from?: string;
  readonly onProgress?: (progress: TrainingProgress) => void;
}

/**
 * Resolves when the new version is there.
 * Errors: those of `Lifecycle.start`; `training-failed`, `training-cancelled` when the run did not complete.
 */
export async function trainModel(
  lifecycle: Pick<Lifecycle, 'start'>,
  modelId: string,
  options: TrainModelOptions,
): Promise<TrainingStatus> {
  const { finished } = await lifecycle.start(modelId, options);
  const status = await finished;
  if (status.state === 'completed') return status;
  throw new KindredError(
    `training-${status.state}`,
    status.error ?? `The training was ${status.state}; nothing was published.`,
  );
}

/** The held-out quality of a trained version: the verdict in one line, then each measure in its own. */
export function qualityLines(quality: Quality | null): string {
  const measures = quality ? measureLines(quality).map((line) => `  ${line}`) : [];
  return [`Held-out quality: ${quality?.summary ?? 'not judged'}`, ...measures].join('\n');
}
