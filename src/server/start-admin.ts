// The admin listener and what one process does for all: the default model, and training by schedule.
import type { Logger } from 'pino';
import { createAdminApp } from '../http/admin/admin-app.js';
import { createScheduler } from '../models/jobs/scheduler.js';
import { ensureDefaultModel } from '../models/lifecycle/ensure-default-model.js';
import { createCleanUp } from './clean-up.js';
import { type AdminRoutesOptions, createAdminRoutes } from './create-admin-routes.js';
import { createAlerts } from './create-alerts.js';
import { listen } from './listen.js';
import type { ProxyMetrics } from './proxy-metrics.js';
import type { Settings } from './settings/settings.js';

export interface AdminOptions extends Omit<AdminRoutesOptions, 'alerts'> {
  readonly reporting: ProxyMetrics;
  readonly settings: Pick<Settings, 'adminKeys' | 'editorKeys' | 'viewerKeys' | 'admin' | 'alerts'>;
  readonly log: Logger;
}

export interface RunningAdmin {
  readonly url: string;
  /** judges alerts now instead of within a minute */
  checkAlerts(): Promise<void>;
  /** running trainings are cancelled, and their outcome is written */
  close(): Promise<void>;
}

/** Errors: `port-in-use`, `cannot-listen`, and the engine's; nothing is left open then. */
export async function startAdmin(options: AdminOptions): Promise<RunningAdmin> {
  const { services, settings, proxy, proxyUrl, reporting, warnings, log } = options;
  const cleanUp = createCleanUp();
  const scheduler = createScheduler({
    ...services,
    onFailure: (err) => log.warn({ err }, 'schedules could not be read or written'),
  });
  // Run in reverse: no new trainings start, running ones are cancelled, and their outcome is written.
  cleanUp.add(() => scheduler.settled());
  cleanUp.add(() => services.lifecycle.close());
  cleanUp.add(() => scheduler.stop());
  const alerts = createAlerts({ services, reporting, settings: settings.alerts, log });
  cleanUp.add(alerts.stop);
  try {
    for (const catalog of services.catalogs) {
      const { created, reason } = await ensureDefaultModel({ ...services, catalog });
      log.info(
        created
          ? `made the default model of "${catalog.name}" from its products`
          : `no new default model: ${reason}`,
      );
    }
    const { adminKeys: admin, editorKeys: editor, viewerKeys: viewer } = settings;
    const routes = createAdminRoutes({ services, proxy, proxyUrl, reporting, alerts, warnings });
    const listener = await listen(
      createAdminApp({ routes, keys: { admin, editor, viewer }, metrics: reporting.metrics, log }),
      settings.admin,
      'KINDRED_ADMIN_PORT',
    );
    cleanUp.add(listener.close);
    scheduler.start();
    alerts.start();
    return { url: listener.url, checkAlerts: alerts.check, close: cleanUp.run };
  } catch (error) {
    await cleanUp.run();
    throw error;
  }
}
