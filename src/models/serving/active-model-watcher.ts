// What the hot path serves by: the switch and the active model, polled from the engine and kept in memory.
import { settingsSchema } from '../../contract/settings.js';
import { type ActiveModel, modelSchema } from '../../core/model/model.js';
import { parseContent } from '../../core/parse-content.js';
import type { EngineClient, StoredDocument } from '../../engine/client/client.js';
import { publicReason } from '../../engine/client/engine-unreachable.js';
import { TOMBSTONES_ID } from '../../engine/documents/tombstones.js';
import { SETTINGS_INDEX } from '../store/index-names.js';
import { ACTIVE_ID, DEFAULT_SETTINGS, SETTINGS_ID, type SettingsDocument } from '../store/settings-store.js';

/** `active` is the same object until another version is activated, so caches may hang on it. */
export interface ServingState {
  readonly enabled: boolean;
  readonly active: ActiveModel | null;
}

export interface ActiveModelWatcher {
  /** The last known state; never waits. Before the first successful read there is no active model. */
  current(): ServingState;
  /** Why `current` may be out of date, in words that anyone may read; null while reads succeed. */
  stale(): string | null;
  /** Starts polling and resolves after the first read, successful or not. */
  start(): Promise<void>;
  stop(): void;
  /** Reads now; a failed read shows in `stale` and changes nothing else. */
  refreshNow(): Promise<void>;
}

type Stored = StoredDocument<SettingsDocument<unknown>> | null | undefined;

/**
 * @param options.intervalMs pause between two reads, milliseconds
 * @param options.onActive told when another model or version has become active
 * @param options.onErasure told when somebody was erased, and after a start when somebody ever was; told again at the
 *   next read when it rejects
 */
export function createActiveModelWatcher(
  engine: Pick<EngineClient, 'mget'>,
  options: {
    readonly intervalMs?: number;
    readonly onActive?: (active: ActiveModel) => void;
    readonly onErasure?: () => Promise<void>;
  } = {},
): ActiveModelWatcher {
  const { intervalMs = 1_000 } = options;
  let state: ServingState = { enabled: DEFAULT_SETTINGS.personalization.enabled, active: null };
  let seen = '';
  let seenErasure = '';
  let reason: string | null = 'settings have not been read yet';
  let timer: NodeJS.Timeout | undefined;
  let running = false;

  async function refreshNow(): Promise<void> {
    try {
      const [settings, active, tombstones] = await engine.mget<SettingsDocument<unknown>>(SETTINGS_INDEX, [
        SETTINGS_ID,
        ACTIVE_ID,
        TOMBSTONES_ID,
      ]);
      const enabled = settings
        ? parseContent(settingsSchema, settings.source.record, 'stored settings').personalization.enabled
        : DEFAULT_SETTINGS.personalization.enabled;
      const unchanged = revision(active) === seen;
      state = { enabled, active: unchanged ? state.active : parseActive(active) };
      seen = revision(active);
      if (!unchanged && state.active) options.onActive?.(state.active);
      if (revision(tombstones) !== seenErasure) await options.onErasure?.();
      seenErasure = revision(tombstones);
      reason = null;
    } catch (error) {
      reason = `settings cannot be read: ${publicReason(error)}`;
    }
  }

  async function poll(): Promise<void> {
    await refreshNow();
    if (running) timer = setTimeout(poll, intervalMs).unref();
  }

  return {
    current: () => state,
    stale: () => reason,
    refreshNow,
    async start() {
      if (running) return;
      running = true;
      await poll();
    },
    stop() {
      running = false;
      clearTimeout(timer);
    },
  };
}

function revision(stored: Stored): string {
  return stored ? `${stored.seqNo}.${stored.primaryTerm}` : '';
}

/** Rejects a model this release does not understand, so that the last one that worked stays. */
function parseActive(stored: Stored): ActiveModel | null {
  const record = stored?.source.record as ActiveModel | null | undefined;
  return record ? { ...record, model: parseContent(modelSchema, record.model, 'active model') } : null;
}
