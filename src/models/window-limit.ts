// How many hits a rescore window may hold on the catalogs: read from their settings, kept in memory.
import { z } from 'zod';
import type { EngineClient } from '../engine/client.js';
import { call } from '../engine/engine-answer.js';
import { indexPath } from '../engine/index-path.js';

/** What both engines allow on an index that sets nothing. */
const DEFAULT_LIMIT = 10_000;
const RESCORE = 'index.max_rescore_window';
/** Counts where the other is not set; the engines' own list of defaults does not say so (measured). */
const RESULT = 'index.max_result_window';

const settingsSchema = z.record(
  z.string(),
  z.object({ settings: z.object({ [RESCORE]: z.coerce.number(), [RESULT]: z.coerce.number() }).partial() }),
);

export interface WindowLimit {
  /** The last known limit, in hits; never waits. */
  current(): number;
  /** Starts to read again and again, and resolves after the first time, successful or not. */
  start(): Promise<void>;
  stop(): void;
  /** Reads now; after a failed read the last known limit counts on. */
  refreshNow(): Promise<void>;
}

export interface WindowLimitOptions {
  /** told of the first of failures in a row */
  readonly onFailure: (error: unknown) => void;
  /** pause between two reads, milliseconds */
  readonly intervalMs?: number;
}

/** @param indices the catalogs, by index or alias: the smallest limit among all that they stand for counts */
export function createWindowLimit(
  engine: Pick<EngineClient, 'request'>,
  indices: readonly string[],
  { onFailure, intervalMs = 60_000 }: WindowLimitOptions,
): WindowLimit {
  let limit = DEFAULT_LIMIT;
  let failing = false;
  let timer: NodeJS.Timeout | undefined;
  let running = false;

  async function refreshNow(): Promise<void> {
    try {
      limit = await readLimit(engine, indices);
      failing = false;
    } catch (error) {
      if (!failing) onFailure(error);
      failing = true;
    }
  }

  async function poll(): Promise<void> {
    await refreshNow();
    if (running) timer = setTimeout(poll, intervalMs).unref();
  }

  return {
    current: () => limit,
    refreshNow,
    async start() {
      running = true;
      await poll();
    },
    stop() {
      running = false;
      clearTimeout(timer);
    },
  };
}

async function readLimit(engine: Pick<EngineClient, 'request'>, indices: readonly string[]): Promise<number> {
  const { body } = await call(engine.request, {
    method: 'GET',
    path: indexPath(indices.join(','), '_settings', `${RESCORE},${RESULT}`),
    querystring: { flat_settings: true, ignore_unavailable: true },
  });
  const limits = Object.values(settingsSchema.parse(body)).map(
    ({ settings }) => settings[RESCORE] ?? settings[RESULT] ?? DEFAULT_LIMIT,
  );
  return Math.min(DEFAULT_LIMIT, ...limits);
}
