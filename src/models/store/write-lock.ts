// One writer at a time for rules that span several models (limits, unique names), across processes.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { KindredError } from '../../core/errors.js';
import type { EngineClient } from '../../engine/client/client.js';
import { MODELS_INDEX } from './index-names.js';

// The colon keeps it apart from model ids.
const GUARD_ID = 'guard:models';
/** A holder that died is overruled after this; a guarded step takes well under a second. */
const HOLD_MS = 10_000;
const PATIENCE_MS = 15_000;

interface GuardDocument {
  readonly kind: 'guard';
  readonly updated_at: string;
  readonly record: { readonly holder: string; readonly expiresAt: number };
}

/**
 * Runs `step` while holding the guard document, which only one process can have created.
 * @param now milliseconds since the epoch
 * @throws KindredError `busy` (503) when others hold it for too long
 */
export async function withWriteLock<T>(
  engine: EngineClient,
  now: () => number,
  step: () => Promise<T>,
): Promise<T> {
  const giveUp = now() + PATIENCE_MS;
  const holder = randomUUID();
  while (!(await tryTake(engine, holder, now()))) {
    if (now() > giveUp)
      throw new KindredError('busy', 'models are being changed elsewhere; try again', { status: 503 });
    await sleep(20 + Math.random() * 60);
  }
  try {
    return await step();
  } finally {
    // A guard that cannot be given back expires; what the step did stands either way.
    await release(engine, holder).catch(() => undefined);
  }
}

async function tryTake(engine: EngineClient, holder: string, at: number): Promise<boolean> {
  const found = await engine.get<GuardDocument>(MODELS_INDEX, GUARD_ID);
  if (found && found.source.record.expiresAt > at) return false;
  const document: GuardDocument = {
    kind: 'guard',
    updated_at: new Date(at).toISOString(),
    record: { holder, expiresAt: at + HOLD_MS },
  };
  try {
    await engine.put(MODELS_INDEX, GUARD_ID, document, found ? { ifMatch: found } : { create: true });
    return true;
  } catch (error) {
    if (error instanceof KindredError && (error.code === 'conflict' || error.code === 'stale')) return false;
    throw error;
  }
}

async function release(engine: EngineClient, holder: string): Promise<void> {
  const found = await engine.get<GuardDocument>(MODELS_INDEX, GUARD_ID);
  if (found?.source.record.holder === holder) await engine.delete(MODELS_INDEX, GUARD_ID, { ifMatch: found });
}
