// Runs one training under its lease: progress once a second, stopped when cancelled or when the lease is lost.
import type { TrainingStatus } from '../../contract/training.js';
import { KindredError } from '../../core/errors.js';
import type { Train, TrainingProgress, TrainingResult, TrainingRun } from '../../core/model/training-run.js';
import { LEASE_MS, type LeaseState, type TrainingLease } from './training-lease.js';

const HEARTBEAT_MS = 1_000;
/** Below this share the remaining time is not estimated. */
const MIN_ETA_PERCENT = 3;

export interface LeasedTraining {
  readonly train: Train;
  readonly run: Omit<TrainingRun, 'onProgress' | 'signal'>;
  readonly lease: TrainingLease;
  readonly controller: AbortController;
  readonly now: () => number;
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
}

/**
 * Rejects with what the trainer rejects with, with `training-cancelled`, or with `lease-lost`; in the last case
 * the profile index may be another trainer's.
 */
export async function trainUnderLease(leased: LeasedTraining): Promise<TrainingResult> {
  const { train, run, lease, controller, now } = leased;
  let progress: TrainingProgress | undefined;
  let renewedAt = now();
  let renewing: Promise<void> | undefined;

  async function heartbeat(): Promise<void> {
    try {
      const status = progress ? progressStatus(progress, now() - lease.startedAt) : {};
      stopUnlessHeld(await lease.renew(status), controller);
      renewedAt = now();
    } catch {
      // The engine may come back; until then the lease expires, and then others may train.
      if (now() - renewedAt > LEASE_MS) controller.abort(leaseLost());
    }
  }

  const timer = setInterval(() => {
    renewing ??= heartbeat().finally(() => {
      renewing = undefined;
    });
  }, HEARTBEAT_MS);
  try {
    const result = await train({
      ...run,
      signal: controller.signal,
      onProgress(next) {
        progress = next;
        leased.onProgress?.(next);
      },
    });
    await renewing;
    stopUnlessHeld(await lease.renew({ percent: 100 }), controller);
    if (controller.signal.aborted) throw controller.signal.reason;
    return result;
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    clearInterval(timer);
    await renewing;
  }
}

export function trainingCancelled(): KindredError {
  return new KindredError('training-cancelled', 'the training was cancelled', { status: 409 });
}

function leaseLost(): KindredError {
  return new KindredError('lease-lost', 'another trainer took over; this one stopped', { status: 409 });
}

function stopUnlessHeld(state: LeaseState, controller: AbortController): void {
  if (state === 'cancel') controller.abort(trainingCancelled());
  if (state === 'lost') controller.abort(leaseLost());
}

/** The remaining seconds are estimated from the share done in `elapsedMs`. */
function progressStatus({ stage, percent }: TrainingProgress, elapsedMs: number): Partial<TrainingStatus> {
  const secondsPerPercent = elapsedMs / 1_000 / percent;
  const etaSeconds = percent >= MIN_ETA_PERCENT ? Math.round(secondsPerPercent * (100 - percent)) : null;
  return { stage, percent: Math.round(percent), etaSeconds };
}
