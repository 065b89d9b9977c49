// The settings of each catalog: the ON/OFF setting, the ranking mix, and which version is active.
import { z } from 'zod';
import { type Settings, settingsSchema } from '../../contract/settings.js';
import { KindredError } from '../../core/errors.js';
import type { ActiveModel } from '../../core/model/model.js';
import { settingChanges } from '../../core/model/model-changes.js';
import { parseContent } from '../../core/parse-content.js';
import type { EngineClient, StoredDocument, WriteOptions } from '../../engine/client/client.js';
import type { Audit } from './audit.js';
import { SETTINGS_INDEX } from './index-names.js';

/** Document ids of a catalog's settings, and of what it serves from. */
export const settingsId = (catalog: string) => `settings-${catalog}`;
export const activeId = (catalog: string) => `active-${catalog}`;

/**
 * Personalization on. Performance starts at 0, as there are no performance signals yet; the mix is stored and does nothing.
 */
export const DEFAULT_SETTINGS: Settings = {
  personalization: { enabled: true },
  rankingMix: { relevance: 50, performance: 0, merchandising: 25, personalization: 25 },
};

const olderSettingsSchema = z.object({ personalization: z.object({ enabled: z.boolean() }) });

/**
 * Settings as stored by this release, or by one whose ranking mix did nothing and did not total 100: of those the switch
 * alone is kept.
 * @throws KindredError `invalid-content` (422) for what is neither
 */
export function readSettings(record: unknown): Settings {
  const current = settingsSchema.safeParse(record);
  if (current.success) return current.data;
  return { ...DEFAULT_SETTINGS, ...parseContent(olderSettingsSchema, record, 'stored settings') };
}

/** A stored document: fields to search by, beside the record itself. */
export interface SettingsDocument<T> {
  readonly kind: string;
  readonly updated_at: string;
  readonly record: T;
}

export interface SettingsStore {
  /** A catalog's settings, written with their defaults at the first read so that they always have a revision. */
  get(catalog: string): Promise<StoredDocument<Settings>>;
  /** Replaces a catalog's settings. Errors: `invalid-content` (422), `stale` (412) when `ifMatch` is another revision. */
  put(
    catalog: string,
    input: unknown,
    actor: string,
    ifMatch?: WriteOptions['ifMatch'],
  ): Promise<StoredDocument<Settings>>;
  /** The version that a catalog is served from, or null. */
  active(catalog: string): Promise<ActiveModel | null>;
  setActive(catalog: string, active: ActiveModel | null): Promise<void>;
}

export function createSettingsStore(options: {
  readonly engine: EngineClient;
  readonly audit: Audit;
  readonly now?: () => number;
}): SettingsStore {
  const { engine, audit, now = Date.now } = options;

  async function write<T>(id: string, record: T, how: WriteOptions): Promise<StoredDocument<T>> {
    const kind = id.replace(/-.*/, '');
    const document = { kind, updated_at: new Date(now()).toISOString(), record };
    const stored = await engine.put(SETTINGS_INDEX, id, document, how);
    return { ...stored, source: record };
  }

  async function read(catalog: string): Promise<StoredDocument<Settings> | null> {
    const found = await engine.get<SettingsDocument<unknown>>(SETTINGS_INDEX, settingsId(catalog));
    return found && { ...found, source: readSettings(found.source.record) };
  }

  async function get(catalog: string): Promise<StoredDocument<Settings>> {
    const found = await read(catalog);
    if (found) return found;
    try {
      return await write(settingsId(catalog), DEFAULT_SETTINGS, { create: true });
    } catch (error) {
      // Another process wrote them first.
      const written = error instanceof KindredError && error.code === 'conflict' ? await read(catalog) : null;
      if (written) return written;
      throw error;
    }
  }

  return {
    get,
    async put(catalog, input, actor, ifMatch) {
      const settings = parseContent(settingsSchema, input, 'settings');
      const before = (await read(catalog))?.source ?? DEFAULT_SETTINGS;
      const stored = await write(settingsId(catalog), settings, { ifMatch });
      const detail = `personalization ${settings.personalization.enabled ? 'on' : 'off'}`;
      const changes = settingChanges(before, settings);
      await audit.record({ actor, action: 'update', resource: `settings/${catalog}`, detail, changes });
      return stored;
    },
    async active(catalog) {
      const found = await engine.get<SettingsDocument<ActiveModel | null>>(SETTINGS_INDEX, activeId(catalog));
      return found?.source.record ?? null;
    },
    async setActive(catalog, active) {
      await write(activeId(catalog), active, {});
    },
  };
}
