// The settings of all models: the ON/OFF setting, the ranking mix, and which version is active.
import { type Settings, settingsSchema } from '../../contract/settings.js';
import { KindredError } from '../../core/errors.js';
import type { ActiveModel } from '../../core/model/model.js';
import { settingChanges } from '../../core/model/model-changes.js';
import { parseContent } from '../../core/parse-content.js';
import type { EngineClient, StoredDocument, WriteOptions } from '../../engine/client/client.js';
import type { Audit } from './audit.js';
import { SETTINGS_INDEX } from './index-names.js';

export const SETTINGS_ID = 'settings';
export const ACTIVE_ID = 'active';

/**
 * Personalization on; the engine's own relevance, merchandising rules and personalization in full.
 * Performance starts at 0 because there are no performance signals yet.
 */
export const DEFAULT_SETTINGS: Settings = {
  personalization: { enabled: true },
  rankingMix: { relevance: 100, performance: 0, merchandising: 100, personalization: 100 },
};

/** A stored document: fields to search by, beside the record itself. */
export interface SettingsDocument<T> {
  readonly kind: string;
  readonly updated_at: string;
  readonly record: T;
}

export interface SettingsStore {
  /** The settings, written with their defaults at the first read so that they always have a revision. */
  get(): Promise<StoredDocument<Settings>>;
  /** Replaces all settings. Errors: `invalid-content` (422), `stale` (412) when `ifMatch` is another revision. */
  put(input: unknown, actor: string, ifMatch?: WriteOptions['ifMatch']): Promise<StoredDocument<Settings>>;
  /** The version that the proxy serves from, or null. */
  active(): Promise<ActiveModel | null>;
  setActive(active: ActiveModel | null): Promise<void>;
}

export function createSettingsStore(options: {
  readonly engine: EngineClient;
  readonly audit: Audit;
  readonly now?: () => number;
}): SettingsStore {
  const { engine, audit, now = Date.now } = options;

  async function write<T>(id: string, record: T, how: WriteOptions): Promise<StoredDocument<T>> {
    const document = { kind: id, updated_at: new Date(now()).toISOString(), record };
    const stored = await engine.put(SETTINGS_INDEX, id, document, how);
    return { ...stored, source: record };
  }

  async function read(): Promise<StoredDocument<Settings> | null> {
    const found = await engine.get<SettingsDocument<Settings>>(SETTINGS_INDEX, SETTINGS_ID);
    return found && { ...found, source: found.source.record };
  }

  async function get(): Promise<StoredDocument<Settings>> {
    const found = await read();
    if (found) return found;
    try {
      return await write(SETTINGS_ID, DEFAULT_SETTINGS, { create: true });
    } catch (error) {
      // Another process wrote them first.
      const written = error instanceof KindredError && error.code === 'conflict' ? await read() : null;
      if (written) return written;
      throw error;
    }
  }

  return {
    get,
    async put(input, actor, ifMatch) {
      const settings = parseContent(settingsSchema, input, 'settings');
      const before = (await read())?.source ?? DEFAULT_SETTINGS;
      const stored = await write(SETTINGS_ID, settings, { ifMatch });
      const detail = `personalization ${settings.personalization.enabled ? 'on' : 'off'}`;
      const changes = settingChanges(before, settings);
      await audit.record({ actor, action: 'update', resource: 'settings', detail, changes });
      return stored;
    },
    async active() {
      const found = await engine.get<SettingsDocument<ActiveModel | null>>(SETTINGS_INDEX, ACTIVE_ID);
      return found?.source.record ?? null;
    },
    async setActive(active) {
      await write(ACTIVE_ID, active, {});
    },
  };
}
