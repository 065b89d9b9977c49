// Settings from before there were several catalogs: moved to the catalog that they were for.
import type { Catalog } from '../../core/catalog.js';
import { KindredError } from '../../core/errors.js';
import type { ActiveModel } from '../../core/model/model.js';
import type { EngineClient } from '../../engine/client/client.js';
import { SETTINGS_INDEX } from './index-names.js';
import { activeId, type SettingsDocument, settingsId } from './settings-store.js';

const OLD_SETTINGS = 'settings';
const OLD_ACTIVE = 'active';

/**
 * The switch applied to the one catalog that was served: the active model's, or the first. What is there under a catalog's
 * name is newer and stays; the old documents stay too, for processes of the release before this one.
 */
export async function moveOldSettings(
  engine: Pick<EngineClient, 'get' | 'put'>,
  catalogs: readonly Catalog[],
): Promise<void> {
  const [settings, active] = await Promise.all([
    engine.get<SettingsDocument<unknown>>(SETTINGS_INDEX, OLD_SETTINGS),
    engine.get<SettingsDocument<ActiveModel | null>>(SETTINGS_INDEX, OLD_ACTIVE),
  ]);
  const served = active?.source.record?.model.catalog;
  const wanted = served ?? catalogs[0]?.name ?? '';
  const named = catalogs.find(({ name }) => name === wanted);
  const catalog = named ?? catalogs.find(({ indices }) => indices.includes(wanted)) ?? catalogs[0];
  if (!catalog) return;
  if (settings) await writeNew(engine, settingsId(catalog.name), settings.source);
  if (active && served !== undefined) await writeNew(engine, activeId(served), active.source);
}

async function writeNew(engine: Pick<EngineClient, 'put'>, id: string, document: object): Promise<void> {
  try {
    await engine.put(SETTINGS_INDEX, id, document, { create: true });
  } catch (error) {
    if (!(error instanceof KindredError && error.code === 'conflict')) throw error;
  }
}
