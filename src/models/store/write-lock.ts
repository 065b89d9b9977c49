// A lock across processes: one change at a time where a rule spans all models (their number, unique names).
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { KindredError } from '../../core/errors.js';
import type { EngineClient } from '../../engine/client/client.js';
import { MODELS_INDEX } from './index-names.js';

/** No model id has a colon. The stored names are of an older word for the lock. */
const LOCK_ID = 'guard:models';
const LOCK_KIND = 'guard';
/** After this the lock of a process that died is free; a change takes well under a second. */
const HOLD_MS = 10_000;
const WAIT_TIMEOUT_MS = 15_000;

interface LockDocument {
  readonly kind: typeof LOCK_KIND;
  readonly updated_at: string;
  readonly record: { readonly holder: string; readonly expiresAt: number };
}

/**
 * Runs `change` while this process holds the lock document, which only one can create.
 * @param now milliseconds since the epoch
 * @throws KindredError `busy` (503) when others hold the lock for too long
 */
export async function withWriteLock<T>(
  engine: EngineClient,
  now: () => number,
  change: () => Promise<T>,
): Promise<T> {
  const deadline = now() + WAIT_TIMEOUT_MS;
  const holder = randomUUID();
  while (!(await tryTake(engine, holder, now()))) {
    if (now() > deadline)
      throw new KindredError('busy', 'models are being changed elsewhere; try again', { status: 503 });
    await sleep(20 + Math.random() * 60);
  }
  try {
    return await change();
  } finally {
    // A lock that cannot be released expires; the change is stored either way.
    await release(engine, holder).catch(() => undefined);
  }
}

async function tryTake(engine: EngineClient, holder: string, at: number): Promise<boolean> {
  const found = await engine.get<LockDocument>(MODELS_INDEX, LOCK_ID);
  if (found && found.source.record.expiresAt > at) return false;
  const document: LockDocument = {
    kind: LOCK_KIND,
    updated_at: new Date(at).toISOString(),
    record: { holder, expiresAt: at + HOLD_MS },
  };
  try {
    await engine.put(MODELS_INDEX, LOCK_ID, document, found ? { ifMatch: found } : { create: true });
    return true;
  } catch (error) {
    if (error instanceof KindredError && (error.code === 'conflict' || error.code === 'stale')) return false;
    throw error;
  }
}

async function release(engine: EngineClient, holder: string): Promise<void> {
  const found = await engine.get<LockDocument>(MODELS_INDEX, LOCK_ID);
  if (found?.source.record.holder === holder) await engine.delete(MODELS_INDEX, LOCK_ID, { ifMatch: found });
}
