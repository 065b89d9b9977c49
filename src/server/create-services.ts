// The composition of what works on one cluster without serving requests: stores, life cycle and trainer, wired once.
import type { Logger } from 'pino';
import type { Catalog } from '../core/catalog.js';
import type { EngineClient } from '../engine/client/client.js';
import { bootstrapIndices } from '../engine/indices/bootstrap.js';
import { createQualityGate } from '../evaluation/quality-gate/quality-gate.js';
import { createScheduleStore, type ScheduleStore } from '../models/jobs/schedule-store.js';
import { createLifecycle, type Lifecycle } from '../models/lifecycle/lifecycle.js';
import { type Audit, createAudit } from '../models/store/audit.js';
import { createModelStore, type ModelStore } from '../models/store/model-store.js';
import { moveOldSettings } from '../models/store/move-old-settings.js';
import { createSettingsStore, type SettingsStore } from '../models/store/settings-store.js';
import { createTrainer } from '../training/trainer.js';
import type { Settings } from './settings/settings.js';

export interface Services {
  readonly engine: EngineClient;
  readonly catalogs: readonly Catalog[];
  readonly audit: Audit;
  readonly settingsStore: SettingsStore;
  readonly modelStore: ModelStore;
  readonly lifecycle: Lifecycle;
  readonly schedules: ScheduleStore;
}

/** Creates the indices that are missing. Errors: those of `bootstrapIndices`, e.g. `newer-mapping`. */
export async function createServices(
  engine: EngineClient,
  { catalogs, archiveDir }: Pick<Settings, 'catalogs' | 'archiveDir'>,
  log?: Pick<Logger, 'error'>,
): Promise<Services> {
  await bootstrapIndices(engine);
  await moveOldSettings(engine, catalogs);
  const audit = createAudit(engine);
  const settingsStore = createSettingsStore({ engine, audit });
  const modelStore = createModelStore({ engine, catalogs, audit });
  const train = createTrainer({
    engine,
    archiveDir: archiveDir ?? undefined,
    judge: createQualityGate({
      onFailure: (err) => log?.error({ err }, 'a trained version could not be judged'),
    }),
  });
  const lifecycle = createLifecycle({ engine, modelStore, settingsStore, train, catalogs, audit });
  const schedules = createScheduleStore({ engine, modelStore, audit });
  return { engine, catalogs, audit, settingsStore, modelStore, lifecycle, schedules };
}
