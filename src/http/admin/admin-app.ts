// The admin listener's application: REST under /api behind an admin key, its OpenAPI document, health, the console.
import express, { type Express, type RequestHandler } from 'express';
import type { AdminSession } from '../../contract/admin-session.js';
import type { Catalog } from '../../core/catalog.js';
import type { CatalogReader } from '../../models/catalog/catalog-reader.js';
import type { ScheduleStore } from '../../models/jobs/schedule-store.js';
import type { Lifecycle } from '../../models/lifecycle/lifecycle.js';
import type { Audit } from '../../models/store/audit.js';
import type { ModelStore } from '../../models/store/model-store.js';
import type { SettingsStore } from '../../models/store/settings-store.js';
import type { Metrics } from '../metrics/metrics.js';
import { methodNotAllowed, notFound, type ProblemLog, problemHandler } from '../problem.js';
import { type RoleKeys, requireKey } from './admin-keys.js';
import type { AdminRoute } from './admin-route.js';
import { createConsole } from './console-files.js';
import { jsonBody } from './json-body.js';
import { mountRoutes } from './mount-routes.js';
import { openApiDocument } from './openapi.js';
import { adminSessionRoutes } from './routes/admin-session-routes.js';
import { auditRoutes } from './routes/audit-routes.js';
import { catalogRoutes } from './routes/catalog-routes.js';
import { type EventRouteDependencies, eventRoutes } from './routes/event-routes.js';
import { modelRoutes } from './routes/model-routes.js';
import { overviewRoutes } from './routes/overview-routes.js';
import { presetRoutes } from './routes/preset-routes.js';
import { type PreviewRouteDependencies, previewRoutes } from './routes/preview-routes.js';
import { type ReadinessRouteDependencies, readinessRoutes } from './routes/readiness-routes.js';
import { scheduleRoutes } from './routes/schedule-routes.js';
import { settingsRoutes } from './routes/settings-routes.js';
import { trainingRoutes } from './routes/training-routes.js';
import { type UserRouteDependencies, userRoutes } from './routes/user-routes.js';
import { versionRoutes } from './routes/version-routes.js';

export interface AdminDependencies
  extends EventRouteDependencies,
    ReadinessRouteDependencies,
    PreviewRouteDependencies,
    UserRouteDependencies {
  readonly engine: AdminSession['engine'];
  readonly catalogs: readonly Catalog[];
  /** without any, every request under /api is refused */
  readonly keys: RoleKeys;
  /** Kindred's own */
  readonly version: string;
  /** what an operator should know of the settings, one line each */
  readonly warnings: readonly string[];
  readonly settingsStore: SettingsStore;
  readonly modelStore: ModelStore;
  readonly lifecycle: Lifecycle;
  readonly schedules: ScheduleStore;
  readonly audit: Audit;
  readonly catalogReader: CatalogReader;
  readonly metrics: Metrics;
  readonly log: ProblemLog;
}

/** Every operation under `/api`. */
export function adminRoutes(deps: AdminDependencies): AdminRoute[] {
  return [
    adminSessionRoutes,
    settingsRoutes,
    presetRoutes,
    modelRoutes,
    trainingRoutes,
    versionRoutes,
    scheduleRoutes,
    catalogRoutes,
    readinessRoutes,
    eventRoutes,
    auditRoutes,
    previewRoutes,
    userRoutes,
    overviewRoutes,
  ].flatMap((routes) => routes(deps));
}

/** No CORS on purpose: browsers may use it from its own origin only. */
export function createAdminApp(deps: AdminDependencies): Express {
  const routes = adminRoutes(deps);
  const document = openApiDocument(routes);
  const app = express();
  // ETags are revisions of stored documents; Express would make up others.
  app.disable('x-powered-by').disable('etag').enable('strict routing').enable('case sensitive routing');
  app.use(safeHeaders);
  serve(app, '/healthz', (_request, response) => void response.json({ status: 'ok' }));
  serve(app, '/openapi.json', (_request, response) => void response.json(document));
  serve(app, '/metrics', async (_request, response) => {
    const { type, text } = await deps.metrics.text();
    response.set('Content-Type', type).send(text);
  });
  app.use('/api', requireKey(deps.keys), jsonBody(), mountRoutes(routes));
  app.use(createConsole());
  app.use(notFound, problemHandler(deps.log));
  return app;
}

function serve(app: Express, path: string, handler: RequestHandler): void {
  app
    .route(path)
    .get(handler)
    .all(methodNotAllowed(['HEAD', 'GET']));
}

const safeHeaders: RequestHandler = (request, response, next) => {
  response.set({
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  });
  // A model's state follows from more than the document its ETag names: an answer is never "not modified".
  delete request.headers['if-none-match'];
  next();
};
