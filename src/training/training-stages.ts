// The stages of a run: progress that only grows, and how long each stage took.
import type { TrainingProgress } from '../core/model/training-run.js';

type Stage = TrainingProgress['stage'];

/** Percent of a run at which each stage ends: reading is most of a run from the engine, nothing of one from files. */
const ENDS = {
  engine: {
    'read events': 40,
    'read catalog': 44,
    'compute affinities': 55,
    'judge quality': 75,
    'publish profiles': 99,
    check: 100,
  },
  files: {
    'read events': 3,
    'read catalog': 5,
    'compute affinities': 25,
    'judge quality': 55,
    'publish profiles': 99,
    check: 100,
  },
} as const satisfies Record<string, Record<Stage, number>>;

export interface TrainingStages {
  /**
   * Runs one stage; stages follow each other in the order of `TrainingProgress`.
   * Rejects with the signal's reason when the run was cancelled.
   */
  run<T>(stage: Stage, work: (onShare: (share: number) => void) => Promise<T>): Promise<T>;
  /** seconds each stage took so far */
  seconds(): Record<Stage, number>;
}

export function createTrainingStages(options: {
  readonly kind: keyof typeof ENDS;
  readonly onProgress?: (progress: TrainingProgress) => void;
  readonly signal?: AbortSignal;
}): TrainingStages {
  const ends = ENDS[options.kind];
  const seconds = {
    'read events': 0,
    'read catalog': 0,
    'compute affinities': 0,
    'judge quality': 0,
    'publish profiles': 0,
    check: 0,
  };
  let reached = 0;

  return {
    async run(stage, work) {
      options.signal?.throwIfAborted();
      const started = performance.now();
      const from = reached;
      const report = (share: number) => {
        reached = Math.max(reached, from + (ends[stage] - from) * share);
        options.onProgress?.({ stage, percent: reached });
      };
      report(0);
      const result = await work(report);
      report(1);
      seconds[stage] = (performance.now() - started) / 1_000;
      return result;
    },
    seconds: () => ({ ...seconds }),
  };
}
