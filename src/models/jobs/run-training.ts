// Runs one training under its lease: progress once a second, stopped when cancelled or when the lease is lost.
import type { TrainingStatus } from '../../contract/training.js';
import { KindredError } from '../../core/errors.js';
import type { Train, TrainingProgress, TrainingResult, TrainingRun } from '../../core/model/training-run.js';
import { type Hold, LEASE_MS, type TrainingHold } from './training-lease.js';

const HEARTBEAT_MS = 1_000;
/** Below this the time that is left cannot be told. */
const ETA_FROM_PERCENT = 3;

export interface HeldTraining {
  readonly train: Train;
  readonly run: Omit<TrainingRun, 'onProgress' | 'signal'>;
  readonly hold: TrainingHold;
  readonly controller: AbortController;
  readonly now: () => number;
  readonly onProgress?: (progress: TrainingProgress) => void;
}

/**
 * Rejects with what the trainer rejects with, with `training-cancelled`, or with `lease-lost`; in the last case
 * the profile index may be another trainer's by now.
 */
export async function runTraining(held: HeldTraining): Promise<TrainingResult> {
  const { train, run, hold, controller, now } = held;
  let progress: TrainingProgress | undefined;
  let renewedAt = now();
  let beating: Promise<void> | undefined;

  async function beat(): Promise<void> {
    try {
      stopUnlessHeld(await hold.renew(shown(progress, hold.startedAt, now())), controller);
      renewedAt = now();
    } catch {
      // The engine may come back; without it the lease runs out, and then others may train.
      if (now() - renewedAt > LEASE_MS) controller.abort(leaseLost());
    }
  }

  const timer = setInterval(() => {
    beating ??= beat().finally(() => {
      beating = undefined;
    });
  }, HEARTBEAT_MS);
  try {
    const result = await train({
      ...run,
      signal: controller.signal,
      onProgress(next) {
        progress = next;
        held.onProgress?.(next);
      },
    });
    await beating;
    stopUnlessHeld(await hold.renew({ percent: 100 }), controller);
    if (controller.signal.aborted) throw controller.signal.reason;
    return result;
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    clearInterval(timer);
    await beating;
  }
}

/** Why a run stops that somebody cancelled. */
export function trainingCancelled(): KindredError {
  return new KindredError('training-cancelled', 'the training was cancelled', { status: 409 });
}

function leaseLost(): KindredError {
  return new KindredError('lease-lost', 'another trainer took over; this one stopped', { status: 409 });
}

function stopUnlessHeld(hold: Hold, controller: AbortController): void {
  if (hold === 'cancel') controller.abort(trainingCancelled());
  if (hold === 'lost') controller.abort(leaseLost());
}

/** Seconds that are left, from the share done so far. */
function shown(
  progress: TrainingProgress | undefined,
  startedAt: number,
  at: number,
): Partial<TrainingStatus> {
  if (!progress) return {};
  const { stage, percent } = progress;
  const perPercent = (at - startedAt) / 1_000 / percent;
  const etaSeconds = percent >= ETA_FROM_PERCENT ? Math.round(perPercent * (100 - percent)) : null;
  return { stage, percent: Math.round(percent), etaSeconds };
}
