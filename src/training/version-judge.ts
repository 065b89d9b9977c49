// What the trainer needs of whoever judges a new version before it is published: the evaluation's quality gate.
import type { ActiveModel, Model } from '../core/model/model.js';
import type { Quality } from '../core/model/quality-verdict.js';
import type { SqlSteps } from '../duckdb/sql-steps.js';
import type { TrainingSource } from './sources/training-source.js';
import type { TrainingWindow } from './sources/training-window.js';

/** The version that serves the catalog now. */
export type ServingVersion = Pick<ActiveModel, 'model' | 'version'>;

export interface JudgeInput {
  readonly model: Model;
  /** what the new version is compared with; null: with the baseline alone */
  readonly active: ServingVersion | null;
  /** what the source has read */
  readonly window: TrainingWindow;
  readonly signal?: AbortSignal;
}

export interface VersionJudge {
  /** The window to read: the training's own, extended by what the judge holds out. */
  windowToRead(models: readonly Model[], window: TrainingWindow): TrainingWindow;
  /**
   * Called once affinities are computed; leaves the training's tables as they were.
   * Rejects with the signal's reason alone: a version that cannot be judged is published with the verdict `not-judged`.
   * @param onShare called with the share done, 0–1
   */
  judgeVersion(
    steps: SqlSteps,
    source: TrainingSource,
    input: JudgeInput,
    onShare: (share: number) => void,
  ): Promise<Quality>;
}
