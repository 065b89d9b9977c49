// One training of a model at a time, across processes: a lease with a heartbeat, stored with the training's progress.
import { randomUUID } from 'node:crypto';
import type { TrainingStatus } from '../../contract/training.js';
import { KindredError } from '../../core/errors.js';
import type { EngineClient, StoredDocument, WriteOptions } from '../../engine/client/client.js';
import { MODELS_INDEX } from '../store/index-names.js';

/** A trainer that has not renewed its lease for so long is dead. */
export const LEASE_MS = 30_000;

interface TrainingRecord {
  readonly status: TrainingStatus;
  readonly lease: { readonly holder: string; readonly expiresAt: number } | null;
  /** cancelling was requested */
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
  configuration: null,
  stage: null,
  percent: 0,
  etaSeconds: null,
  startedAt: null,
  finishedAt: null,
  quality: null,
  notes: [],
  error: null,
};

/** `lost`: the lease expired and another trainer has it, or the model is deleted. */
export type LeaseState = 'held' | 'cancel' | 'lost';

export interface TrainingLease {
  readonly startedAt: number;
  /**
   * Lower version numbers may still be another trainer's: one that lost its lease may only have been suspended, and then
   * goes on writing into its index, and deletes it.
   */
  readonly minVersion: number;
  /** Writes the status and renews the lease; says whether to go on. */
  renew(status: Partial<TrainingStatus>): Promise<LeaseState>;
  /** Writes the last status and ends the lease. */
  release(status: Partial<TrainingStatus>): Promise<TrainingStatus>;
  /** The status that `release` would write, for when the engine cannot be reached. */
  lastStatus(status: Partial<TrainingStatus>): TrainingStatus;
}

export interface TrainingLeases {
  /** `idle` before the first training; one whose trainer died shows as failed. */
  status(modelId: string): Promise<TrainingStatus>;
  /** Error: `already-training` (409). */
  acquire(modelId: string): Promise<TrainingLease>;
  /** Makes the trainer, in whatever process, stop at its next heartbeat. Error: `not-training` (409). */
  requestCancel(modelId: string): Promise<TrainingStatus>;
  /** Deletes what is stored of the trainings of a deleted model. */
  remove(modelId: string): Promise<void>;
}

export function createTrainingLeases(engine: EngineClient, now: () => number = Date.now): TrainingLeases {
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

  function createLease(
    modelId: string,
    first: StoredDocument<TrainingDocument>,
    minVersion: number,
    startedAt: number,
  ): TrainingLease {
    let stored = first;
    const holder = first.source.record.lease?.holder;

    async function advance(status: Partial<TrainingStatus>, keep: boolean): Promise<LeaseState> {
      const { record } = stored.source;
      const next = {
        ...record,
        status: { ...record.status, ...status },
        lease: keep && holder ? { holder, expiresAt: now() + LEASE_MS } : null,
      };
      try {
        stored = await write(modelId, next, { ifMatch: stored });
      } catch (error) {
        if (!(error instanceof KindredError && error.code === 'stale')) throw error;
        const found = await find(modelId);
        if (found?.source.record.lease?.holder !== holder || !found) return 'lost';
        stored = found;
        return advance(status, keep);
      }
      return next.cancel ? 'cancel' : 'held';
    }

    const lastStatus = (status: Partial<TrainingStatus>): TrainingStatus => ({
      ...stored.source.record.status,
      ...status,
      etaSeconds: null,
      finishedAt: iso(now()),
    });

    return {
      startedAt,
      minVersion,
      lastStatus,
      renew: (status) => advance(status, true),
      async release(status) {
        await advance(lastStatus(status), false);
        return lastStatus(status);
      },
    };
  }

  return {
    async status(modelId) {
      const found = await find(modelId);
      return found ? presentStatus(found.source.record, now()) : IDLE;
    },
    async acquire(modelId) {
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
        const minVersion = (before?.version ?? 0) + (before?.state === 'running' ? 1 : 0);
        return createLease(modelId, stored, minVersion, startedAt);
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
        // The trainer wrote its progress in between.
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

/** The stored status, or a failure where the lease of a running training has expired. */
function presentStatus(record: TrainingRecord, at: number): TrainingStatus {
  const { lease } = record;
  // What was stored by an older release lacks what came later.
  const status = { ...IDLE, ...record.status };
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
