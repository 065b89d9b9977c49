// The contract of one training run, between the model's life cycle and the trainer: input, progress, result.
import type { Catalog } from '../catalog.js';
import type { ActiveModel, Model } from './model.js';
import type { Quality } from './quality-verdict.js';

/** `percent` is 0–100 over the whole run; stages follow each other in one order. */
export interface TrainingProgress {
  readonly stage:
    | 'read events'
    | 'read catalog'
    | 'compute affinities'
    | 'judge quality'
    | 'publish profiles'
    | 'check';
  readonly percent: number;
}

export interface TrainingRun {
  readonly model: Model;
  readonly catalog: Catalog;
  readonly version: number;
  /** the active version on the same catalog, with which the new one is compared */
  readonly active?: Pick<ActiveModel, 'model' | 'version'>;
  /** dataset directory to read instead of the event and catalog indices */
  readonly from?: string;
  readonly onProgress?: (progress: TrainingProgress) => void;
  readonly signal?: AbortSignal;
}

/** What a finished run published. */
export interface TrainingResult {
  readonly profileIndex: string;
  readonly multiValuedFields: readonly string[];
  /** users with at least one counting event */
  readonly people: number;
  /** events that counted */
  readonly events: number;
  /** events that this run read from the engine; those in an archive are not read again */
  readonly eventsRead: number;
  /** events on products the catalog does not know: counted and skipped */
  readonly unknownProducts: number;
  /** documents in the profile index */
  readonly profiles: number;
  /** asOf, ISO 8601: the moment ages count from */
  readonly asOf: string;
  readonly quality: Quality;
  readonly seconds: Readonly<Record<TrainingProgress['stage'], number>>;
  /** notes on this run for operators, one sentence each */
  readonly notes: readonly string[];
}

/** Runs one training; rejects with KindredError, leaving no index behind. */
export type Train = (run: TrainingRun) => Promise<TrainingResult>;
