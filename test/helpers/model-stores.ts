// The stores of models and settings over one engine, and the life cycle and schedules of models on them.
import type { Catalog } from '../../src/core/catalog.js';
import type { Train } from '../../src/core/model/training-run.js';
import type { EngineClient } from '../../src/engine/client/client.js';
import { createScheduleStore } from '../../src/models/jobs/schedule-store.js';
import { createLifecycle } from '../../src/models/lifecycle/lifecycle.js';
import { createAudit } from '../../src/models/store/audit.js';
import { createModelStore } from '../../src/models/store/model-store.js';
import { createSettingsStore } from '../../src/models/store/settings-store.js';

/** @param now milliseconds since the epoch */
export function createModelStores(
  engine: EngineClient,
  catalog: Catalog,
  train: Train,
  now: () => number = Date.now,
) {
  const catalogs = [catalog];
  const audit = createAudit(engine, now);
  const settingsStore = createSettingsStore({ engine, audit, now });
  const modelStore = createModelStore({ engine, catalogs, audit, now });
  const stores = { engine, catalogs, audit, settingsStore, modelStore };
  return {
    ...stores,
    lifecycle: createLifecycle({ ...stores, train, now }),
    schedules: createScheduleStore({ ...stores, now }),
  };
}
