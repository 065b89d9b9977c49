// The ON/OFF setting and the active model of each catalog, read from the engine every second and kept in memory for searches.
import { z } from 'zod';
import { type ActiveModel, modelSchema } from '../../core/model/model.js';
import { parseContent } from '../../core/parse-content.js';
import type { EngineClient, StoredDocument } from '../../engine/client/client.js';
import { publicReason } from '../../engine/client/engine-unreachable.js';
import { TOMBSTONES_ID } from '../../engine/documents/tombstones.js';
import { createPolling, type Polling } from '../polling.js';
import { SETTINGS_INDEX } from '../store/index-names.js';
import {
  activeId,
  DEFAULT_SETTINGS,
  readSettings,
  type SettingsDocument,
  settingsId,
} from '../store/settings-store.js';

/** As `setActive` of the settings store writes it. */
const activeModelSchema = z
  .object({
    model: modelSchema,
    version: z.int(),
    profileIndex: z.string(),
    multiValuedFields: z.array(z.string()),
  })
  .nullable();

/** Of one catalog. `active` is the same object until another version is activated, so caches may be keyed by it. */
export interface ServingState {
  readonly enabled: boolean;
  readonly active: ActiveModel | null;
}

/** `start` resolves after the first read, successful or not. */
export interface ActiveModelWatcher extends Polling {
  /** The last known state of a catalog; never waits. Before the first successful read there is no active model. */
  current(catalog: string): ServingState;
  /** Why `current` may be out of date, in words that anyone may read; null while reads succeed. */
  stale(): string | null;
  /** Reads now; a failed read shows in `stale` and changes nothing else. */
  refreshNow(): Promise<void>;
}

type Stored = StoredDocument<SettingsDocument<unknown>> | null | undefined;

const UNKNOWN: ServingState = { enabled: DEFAULT_SETTINGS.personalization.enabled, active: null };

/**
 * @param catalogs by name
 * @param options.intervalMs pause between two reads, milliseconds
 * @param options.onActive called when another model or version has become active
 * @param options.onErasure called when a user was erased, and after a start when any user ever was; called again at the
 *   next read when it rejects
 */
export function createActiveModelWatcher(
  engine: Pick<EngineClient, 'mget'>,
  catalogs: readonly string[],
  options: {
    readonly intervalMs?: number;
    readonly onActive?: (active: ActiveModel) => void;
    readonly onErasure?: () => Promise<void>;
  } = {},
): ActiveModelWatcher {
  const { intervalMs = 1_000 } = options;
  const states = new Map<string, ServingState>();
  const activeRevisions = new Map<string, string>();
  let tombstonesRevision = '';
  let reason: string | null = 'settings have not been read yet';

  function update(catalog: string, settings: Stored, active: Stored): void {
    const { enabled } = settings ? readSettings(settings.source.record).personalization : UNKNOWN;
    const known = revision(active) === activeRevisions.get(catalog);
    const before = states.get(catalog) ?? UNKNOWN;
    // The switch counts also where the model is of a newer release.
    states.set(catalog, { enabled, active: before.active });
    const state = { enabled, active: known ? before.active : parseActive(active) };
    states.set(catalog, state);
    activeRevisions.set(catalog, revision(active));
    if (!known && state.active) options.onActive?.(state.active);
  }

  async function refreshNow(): Promise<void> {
    try {
      const ids = catalogs.flatMap((catalog) => [settingsId(catalog), activeId(catalog)]);
      const [tombstones, ...stored] = await engine.mget<SettingsDocument<unknown>>(SETTINGS_INDEX, [
        TOMBSTONES_ID,
        ...ids,
      ]);
      const [problem = null] = catalogs.flatMap((catalog, at) => {
        try {
          update(catalog, stored[2 * at], stored[2 * at + 1]);
          return [];
        } catch (error) {
          return [`settings of "${catalog}" cannot be read: ${publicReason(error)}`];
        }
      });
      if (revision(tombstones) !== tombstonesRevision) await options.onErasure?.();
      tombstonesRevision = revision(tombstones);
      reason = problem;
    } catch (error) {
      reason = `settings cannot be read: ${publicReason(error)}`;
    }
  }

  return {
    current: (catalog) => states.get(catalog) ?? UNKNOWN,
    stale: () => reason,
    refreshNow,
    ...createPolling(refreshNow, intervalMs),
  };
}

function revision(stored: Stored): string {
  return stored ? `${stored.seqNo}.${stored.primaryTerm}` : '';
}

/** Rejects a model this release does not understand, so that the last one that worked stays. */
function parseActive(stored: Stored): ActiveModel | null {
  return parseContent(activeModelSchema, stored?.source.record ?? null, 'active model');
}
