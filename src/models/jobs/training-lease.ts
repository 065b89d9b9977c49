// One training of a model at a time, across processes: a lease with a heartbeat, kept beside its progress.
import { randomUUID } from 'node:crypto';
import type { TrainingStatus } from '../../contract/training.js';
import { KindredError } from '../../core/errors.js';
import type { EngineClient, StoredDocument, WriteOptions } from '../../engine/client/client.js';
import { MODELS_INDEX } from '../store/index-names.js';

/** A trainer that has not written for so long is dead. */
export const LEASE_MS = 30_000;

interface TrainingRecord {
  readonly status: TrainingStatus;
  readonly lease: { readonly holder: string; readonly expiresAt: number } | null;
  /** somebody asked for the run to stop */
  readonly cancel: boolean;
}

interface TrainingDocument {
  readonly kind: 'training';
  readonly state: string;
  readonly updated_at: string;
  readonly record: TrainingRecord;
}

const IDLE: TrainingStatus = {
  state: 'idle',
  version: null,
  stage: null,
  percent: 0,
  etaSeconds: null,
  startedAt: null,
  finishedAt: null,
  quality: null,
  notes: [],
  error: null,
};

/** `lost`: the lease expired and another trainer has it, or the model is gone. */
export type Hold = 'held' | 'cancel' | 'lost';

/** What the one who trains holds. */
export interface TrainingHold {
  readonly startedAt: number;
  /**
   * Lower version numbers may still be another trainer's: one that lost its lease may only have been asleep, and then
   * it goes on writing into its index, and deletes it.
   */
  readonly leastVersion: number;
  /** Writes the status and renews the lease; says whether to go on. */
  renew(status: Partial<TrainingStatus>): Promise<Hold>;
  /** Writes the last status and gives the lease back. */
  end(status: Partial<TrainingStatus>): Promise<TrainingStatus>;
  /** The status `end` would write, for when the engine cannot be reached. */
  last(status: Partial<TrainingStatus>): TrainingStatus;
}

export interface TrainingRuns {
  /** `idle` before the first run; a run whose trainer died shows as failed. */
  status(modelId: string): Promise<TrainingStatus>;
  /** Takes the lease. Error: `already-training` (409). */
  take(modelId: string): Promise<TrainingHold>;
  /** Tells the trainer, wherever it runs, to stop at its next heartbeat. Error: `not-training` (409). */
  requestCancel(modelId: string): Promise<TrainingStatus>;
  /** Forgets the runs of a deleted model. */
  remove(modelId: string): Promise<void>;
}

export function createTrainingRuns(engine: EngineClient, now: () => number = Date.now): TrainingRuns {
  const find = (modelId: string) => engine.get<TrainingDocument>(MODELS_INDEX, documentId(modelId));

  async function write(modelId: string, record: TrainingRecord, how: WriteOptions) {
    const document: TrainingDocument = {
      kind: 'training',
      state: record.status.state,
      updated_at: iso(now()),
      record,
    };
    const stored = await engine.put(MODELS_INDEX, documentId(modelId), document, how);
    return { ...stored, source: document };
  }

  function createHold(
    modelId: string,
    first: StoredDocument<TrainingDocument>,
    { startedAt, leastVersion }: Pick<TrainingHold, 'startedAt' | 'leastVersion'>,
  ): TrainingHold {
    let held = first;
    const holder = first.source.record.lease?.holder;

    async function advance(status: Partial<TrainingStatus>, keep: boolean): Promise<Hold> {
      const { record } = held.source;
      const next = {
        ...record,
        status: { ...record.status, ...status },
        lease: keep && holder ? { holder, expiresAt: now() + LEASE_MS } : null,
      };
      try {
        held = await write(modelId, next, { ifMatch: held });
      } catch (error) {
        if (!(error instanceof KindredError && error.code === 'stale')) throw error;
        const found = await find(modelId);
        if (found?.source.record.lease?.holder !== holder || !found) return 'lost';
        held = found;
        return advance(status, keep);
      }
      return next.cancel ? 'cancel' : 'held';
    }

    const last = (status: Partial<TrainingStatus>): TrainingStatus => ({
      ...held.source.record.status,
      ...status,
      etaSeconds: null,
      finishedAt: iso(now()),
    });

    return {
      startedAt,
      leastVersion,
      last,
      renew: (status: Partial<TrainingStatus>) => advance(status, true),
      async end(status: Partial<TrainingStatus>) {
        await advance(last(status), false);
        return last(status);
      },
    };
  }

  return {
    async status(modelId) {
      const found = await find(modelId);
      return found ? seen(found.source.record, now()) : IDLE;
    },
    async take(modelId) {
      const found = await find(modelId);
      const startedAt = now();
      const record: TrainingRecord = {
        status: { ...IDLE, state: 'running', startedAt: iso(startedAt) },
        lease: { holder: randomUUID(), expiresAt: startedAt + LEASE_MS },
        cancel: false,
      };
      if (found && isRunning(found.source.record, startedAt)) throw alreadyTraining(modelId);
      try {
        const stored = await write(modelId, record, found ? { ifMatch: found } : { create: true });
        const before = found?.source.record.status;
        const leastVersion = (before?.version ?? 0) + (before?.state === 'running' ? 1 : 0);
        return createHold(modelId, stored, { startedAt, leastVersion });
      } catch (error) {
        if (error instanceof KindredError && (error.code === 'stale' || error.code === 'conflict'))
          throw alreadyTraining(modelId);
        throw error;
      }
    },
    async requestCancel(modelId) {
      const found = await find(modelId);
      if (!found || !isRunning(found.source.record, now()))
        throw new KindredError('not-training', `model "${modelId}" is not being trained`, { status: 409 });
      try {
        await write(modelId, { ...found.source.record, cancel: true }, { ifMatch: found });
      } catch (error) {
        // The trainer's own progress came first; ask again.
        if (error instanceof KindredError && error.code === 'stale') return this.requestCancel(modelId);
        throw error;
      }
      return found.source.record.status;
    },
    async remove(modelId) {
      await engine.delete(MODELS_INDEX, documentId(modelId));
    },
  };
}

function documentId(modelId: string): string {
  return `training:${modelId}`;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function isRunning({ status, lease }: TrainingRecord, at: number): boolean {
  return status.state === 'running' && lease !== null && lease.expiresAt > at;
}

function seen(record: TrainingRecord, at: number): TrainingStatus {
  const { status, lease } = record;
  if (status.state !== 'running' || isRunning(record, at)) return status;
  return {
    ...status,
    state: 'failed',
    etaSeconds: null,
    finishedAt: lease && iso(lease.expiresAt),
    error: 'the trainer stopped without finishing; start again',
  };
}

function alreadyTraining(modelId: string): KindredError {
  const message = `model "${modelId}" is already being trained; wait for it or cancel it`;
  return new KindredError('already-training', message, { status: 409 });
}
