// The composition of the admin API: every group of routes with what it needs, wired once, top to bottom.
import type { Catalog } from '../core/catalog.js';
import { KindredError } from '../core/errors.js';
import type { AdminRoute } from '../http/admin/admin-route.js';
import { adminSessionRoutes } from '../http/admin/routes/admin-session-routes.js';
import { type AlertRouteDependencies, alertRoutes } from '../http/admin/routes/alert-routes.js';
import { auditRoutes } from '../http/admin/routes/audit-routes.js';
import { catalogRoutes } from '../http/admin/routes/catalog-routes.js';
import { eventRoutes } from '../http/admin/routes/event-routes.js';
import { modelRoutes, presetRoutes } from '../http/admin/routes/model-routes.js';
import { overviewRoutes } from '../http/admin/routes/overview-routes.js';
import { previewRoutes } from '../http/admin/routes/preview-routes.js';
import { readinessRoutes } from '../http/admin/routes/readiness-routes.js';
import { scheduleRoutes } from '../http/admin/routes/schedule-routes.js';
import { settingsRoutes } from '../http/admin/routes/settings-routes.js';
import { trainingRoutes } from '../http/admin/routes/training-routes.js';
import { userRoutes } from '../http/admin/routes/user-routes.js';
import { versionRoutes } from '../http/admin/routes/version-routes.js';
import { createCatalogReader } from '../models/catalog/catalog-reader.js';
import { exampleProduct, readProductTitles } from '../models/catalog/product-titles.js';
import { currentModel, requireCurrentModel } from '../models/lifecycle/current-model.js';
import { previewedModel } from '../models/lifecycle/previewed-model.js';
import { checkReadinessOf } from '../models/readiness/readiness.js';
import { recentEvents, summarizeEvents } from '../models/statistics/event-summary.js';
import { readReach } from '../models/statistics/profile-reach.js';
import { createUserRequests } from '../privacy/user-requests.js';
import { createUserSample, usersById } from '../profiles/sample-users.js';
import { preview, previewedCatalog } from '../search/preview/preview.js';
import { previewExamples } from '../search/preview/preview-examples.js';
import { readUserDetails } from '../search/preview/user-details.js';
import type { ProxyParts } from './create-proxy.js';
import type { Services } from './create-services.js';
import type { ProxyMetrics } from './proxy-metrics.js';
import { VERSION } from './version.js';

/** Of a user, those that are shown. */
const RECENT_EVENTS = 50;

export interface AdminRoutesOptions {
  readonly services: Services;
  /** previews and test events go through the proxy's own search and intake */
  readonly proxy: Pick<ProxyParts, 'search' | 'products' | 'intake'> & {
    readonly erasureGuard: Pick<ProxyParts['erasureGuard'], 'refresh'>;
  };
  /** of the proxy's listener */
  readonly proxyUrl: string;
  readonly reporting: Pick<ProxyMetrics, 'metrics' | 'feed'>;
  readonly alerts: AlertRouteDependencies;
  /** what an operator should know of the settings, one line each */
  readonly warnings: readonly string[];
}

/** Every operation under `/api`. */
export function createAdminRoutes(options: AdminRoutesOptions): AdminRoute[] {
  const { services, proxyUrl, reporting, warnings } = options;
  const { engine, catalogs, audit, settingsStore, modelStore, lifecycle, schedules } = services;
  const { search, products, intake, erasureGuard } = options.proxy;
  const { readProfiles, readSession, now } = search.profiles;
  const { metrics, feed } = reporting;

  /** Error: `catalog-not-found` (404). */
  const catalogName = (name = catalogs[0]?.name ?? '') => {
    if (catalogs.some((catalog) => catalog.name === name)) return name;
    const known = catalogs.map((catalog) => catalog.name).join(', ');
    throw new KindredError('catalog-not-found', `there is no catalog "${name}"; there are: ${known}`, {
      status: 404,
    });
  };
  const onErased = async (userId: string) => {
    feed.forget(userId);
    await erasureGuard.refresh();
  };
  const findModel: Parameters<typeof preview>[0]['findModel'] = (selection) =>
    previewedModel(services, selection);
  const userSample = createUserSample({ engine });
  const previewing = { search, engine, catalogs, products, findModel };
  const userDetails = {
    profiles: search.profiles,
    readTitles: async (catalog: Catalog, ids: readonly string[]) =>
      (await readProductTitles(engine, [catalog], ids)).titles,
    recentEvents: (userId: string) => recentEvents(engine, RECENT_EVENTS, userId),
  };

  return [
    adminSessionRoutes({ engine, catalogs, version: VERSION, proxyUrl, warnings }),
    settingsRoutes({ settingsStore, catalogName }),
    presetRoutes(),
    modelRoutes({ lifecycle, modelStore, catalogName }),
    trainingRoutes({ lifecycle }),
    versionRoutes({ lifecycle }),
    scheduleRoutes({ schedules, lifecycle }),
    catalogRoutes({ catalogReader: createCatalogReader(engine, catalogs) }),
    readinessRoutes({
      checkReadiness: (modelId, catalog) => checkReadinessOf(services, modelId, catalogName(catalog)),
      readReach: async (modelId) => readReach(engine, (await modelStore.get(modelId)).source),
    }),
    eventRoutes({
      recentEvents: (limit) => recentEvents(engine, limit),
      summarizeEvents: () => summarizeEvents(engine),
      feed,
      intake,
      readTitles: (ids) => readProductTitles(engine, catalogs, ids),
      exampleProduct: (index) => exampleProduct(engine, previewedCatalog(catalogs, index)),
    }),
    auditRoutes({ audit }),
    previewRoutes({
      preview: (input) => preview(previewing, input),
      previewExamples: (input) => previewExamples({ ...previewing, client: engine, readProfiles }, input),
    }),
    userRoutes({
      async listUsers(catalog, limit, start) {
        const current = await currentModel(services, catalogName(catalog));
        if (!current) return [];
        const sample = { engine, readProfiles, ...current };
        return start === undefined ? userSample(sample, limit) : usersById(sample, start, limit);
      },
      readUser: (catalog, userId, category) => {
        const current = () => requireCurrentModel(services, catalogName(catalog));
        return readUserDetails({ ...userDetails, currentModel: current }, userId, category);
      },
      userRequests: createUserRequests({ engine, catalogs, audit, readSession, onErased, now }),
    }),
    overviewRoutes({ metrics, modelStore }),
    alertRoutes(options.alerts),
  ].flat();
}
