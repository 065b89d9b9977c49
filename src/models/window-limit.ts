// How many hits a rescore window may hold on the catalogs, and which indices those are: read from their settings.
import { z } from 'zod';
import type { EngineClient } from '../engine/client.js';
import { call } from '../engine/engine-answer.js';
import { indexPath } from '../engine/index-path.js';

/** What both engines allow on an index that sets nothing. */
const DEFAULT_LIMIT = 10_000;
const RESCORE = 'index.max_rescore_window';
/** Counts where the other is not set; the engines' own list of defaults does not say so (measured). */
const RESULT = 'index.max_result_window';

/** Every index has it: with the others alone an index that sets neither would not be named. */
const EVERY_INDEX = 'index.uuid';

const NONE: ReadonlySet<string> = new Set();

const settingsSchema = z.record(
  z.string(),
  z.object({ settings: z.object({ [RESCORE]: z.coerce.number(), [RESULT]: z.coerce.number() }).partial() }),
);

export interface WindowLimit {
  /** The last known limit, in hits; never waits. */
  current(): number;
  /** The indices that a catalog stood for when last seen: itself, or what its alias points to; never waits. */
  indicesOf(catalog: string): ReadonlySet<string>;
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
  let concrete: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  let failing = false;
  let timer: NodeJS.Timeout | undefined;
  let running = false;

  async function refreshNow(): Promise<void> {
    try {
      const read = await Promise.all(indices.map((index) => readSettings(engine, index)));
      limit = Math.min(DEFAULT_LIMIT, ...read.flatMap(({ limits }) => limits));
      concrete = new Map(read.map(({ names }, position) => [indices[position] ?? '', names]));
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
    indicesOf: (catalog) => concrete.get(catalog) ?? NONE,
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

async function readSettings(engine: Pick<EngineClient, 'request'>, index: string) {
  const { body } = await call(engine.request, {
    method: 'GET',
    path: indexPath(index, '_settings', `${RESCORE},${RESULT},${EVERY_INDEX}`),
    querystring: { flat_settings: true, ignore_unavailable: true },
  });
  const byName = settingsSchema.parse(body);
  const limits = Object.values(byName).map(
    ({ settings }) => settings[RESCORE] ?? settings[RESULT] ?? DEFAULT_LIMIT,
  );
  return { limits, names: new Set(Object.keys(byName)) };
}
