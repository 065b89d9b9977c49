// The admin listener and what one process does for all: the default model, and training by schedule.
import type { Logger } from 'pino';
import { createAdminApp } from '../http/admin/admin-app.js';
import { createScheduler } from '../models/jobs/scheduler.js';
import { ensureDefaultModel } from '../models/lifecycle/ensure-default-model.js';
import { createAdminQueries } from './admin-queries.js';
import { createCleanUp } from './clean-up.js';
import type { ProxyParts } from './create-proxy.js';
import type { Services } from './create-services.js';
import { listen } from './listen.js';
import type { ProxyMetrics } from './proxy-metrics.js';
import type { Settings } from './settings/settings.js';
import { VERSION } from './version.js';

export interface AdminOptions {
  readonly services: Services;
  readonly settings: Pick<Settings, 'adminKeys' | 'editorKeys' | 'viewerKeys' | 'admin'>;
  /** the proxy's own: previews and test events run on them */
  readonly parts: Pick<ProxyParts, 'search' | 'products' | 'intake' | 'guard'>;
  readonly reporting: Pick<ProxyMetrics, 'metrics' | 'feed'>;
  /** what an operator should know of the settings */
  readonly warnings: readonly string[];
  readonly log: Logger;
}

export interface RunningAdmin {
  readonly url: string;
  /** running trainings are cancelled, and their outcome is written */
  close(): Promise<void>;
}

/** Errors: `port-in-use`, `cannot-listen`, and the engine's; nothing is left open then. */
export async function startAdmin(options: AdminOptions): Promise<RunningAdmin> {
  const { services, settings, parts, warnings, log } = options;
  const { metrics, feed } = options.reporting;
  const cleanUp = createCleanUp();
  const scheduler = createScheduler({
    ...services,
    onFailure: (err) => log.warn({ err }, 'schedules could not be read or written'),
  });
  // Run in reverse: no new trainings start, running ones are cancelled, and their outcome is written.
  cleanUp.add(() => scheduler.settled());
  cleanUp.add(() => services.lifecycle.close());
  cleanUp.add(() => scheduler.stop());
  try {
    for (const catalog of services.catalogs.slice(0, 1)) {
      const { created, reason } = await ensureDefaultModel({ ...services, catalog });
      log.info(created ? 'made the default model from the catalog' : `no new default model: ${reason}`);
    }
    const { adminKeys: admin, editorKeys: editor, viewerKeys: viewer } = settings;
    const keys = { admin, editor, viewer };
    const listener = await listen(
      createAdminApp({
        ...services,
        ...createAdminQueries({
          services,
          search: parts.search,
          products: parts.products,
          onErased: async (userId) => {
            feed.forget(userId);
            await parts.guard.refresh();
          },
        }),
        intake: parts.intake,
        metrics,
        feed,
        keys,
        version: VERSION,
        warnings,
        log,
      }),
      settings.admin,
      'KINDRED_ADMIN_PORT',
    );
    cleanUp.add(listener.close);
    scheduler.start();
    return { url: listener.url, close: cleanUp.run };
  } catch (error) {
    await cleanUp.run();
    throw error;
  }
}
