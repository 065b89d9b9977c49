// The admin listener's application: REST under /api behind an admin key, its OpenAPI document, health, the console.
import express, { type Express, type RequestHandler } from 'express';
import { KindredError } from '../../core/errors.js';
import type { Metrics } from '../metrics/metrics.js';
import { methodNotAllowed, notFound, type ProblemLog, problemHandler } from '../problem.js';
import { type RoleKeys, requireKey } from './admin-keys.js';
import type { AdminRoute } from './admin-route.js';
import { createConsole } from './console-files.js';
import { mountRoutes } from './mount-routes.js';
import { openApiDocument } from './openapi.js';

export interface AdminAppOptions {
  /** every operation under `/api` */
  readonly routes: readonly AdminRoute[];
  /** without any, every request under `/api` is refused */
  readonly keys: RoleKeys;
  readonly metrics: Pick<Metrics, 'text'>;
  readonly log: ProblemLog;
}

/** No CORS, on purpose: browsers may use it from its own origin only. */
export function createAdminApp({ routes, keys, metrics, log }: AdminAppOptions): Express {
  const document = openApiDocument(routes);
  const app = express();
  // ETags are revisions of stored documents, not Express's own.
  app.disable('x-powered-by').disable('etag').enable('strict routing').enable('case sensitive routing');
  app.use(safeHeaders);
  serve(app, '/healthz', (_request, response) => void response.json({ status: 'ok' }));
  serve(app, '/openapi.json', (_request, response) => void response.json(document));
  serve(app, '/metrics', async (_request, response) => {
    const { type, text } = await metrics.text();
    response.set('Content-Type', type).send(text);
  });
  app.use(
    '/api',
    requireKey(keys),
    requireJson,
    express.json({ limit: '1mb', strict: false }),
    mountRoutes(routes),
  );
  app.use(createConsole());
  app.use(notFound, problemHandler(log));
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
  // A model's state depends on more than the document of its ETag, so no response is "not modified".
  delete request.headers['if-none-match'];
  next();
};

/** Error: `unsupported-media-type` (415). */
const requireJson: RequestHandler = (request, _response, next) => {
  const hasBody = request.get('transfer-encoding') !== undefined || Number(request.get('content-length')) > 0;
  if (hasBody && !request.is('application/json'))
    throw new KindredError('unsupported-media-type', 'send the body with Content-Type: application/json', {
      status: 415,
    });
  next();
};
