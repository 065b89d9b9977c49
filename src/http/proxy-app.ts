// The proxy listener beside the hot path: event intake and health. Everything else is 404 without an upstream call.
import express, { type Express, type RequestHandler } from 'express';
import { KindredError } from '../core/errors.js';
import { MAX_BODY_BYTES } from '../events/event-body.js';
import type { EventIntake } from '../events/event-intake.js';
import { identityFromHeaders } from '../search/identity.js';
import { methodNotAllowed, notFound, type ProblemLog, problemHandler } from './problem.js';
import { isTrusted } from './server-key.js';

export interface ProxyAppDependencies {
  readonly intake: EventIntake;
  readonly serverKeys: readonly string[];
  /** what keeps searches from being personalized, in words; empty when ready */
  readonly notReady: () => Promise<readonly string[]>;
  readonly log: ProblemLog;
}

export function createProxyApp(deps: ProxyAppDependencies): Express {
  const app = express();
  app.disable('x-powered-by').enable('strict routing').enable('case sensitive routing');
  const trustedOnly: RequestHandler = (request, _response, next) => {
    if (!isTrusted(request, deps.serverKeys)) throw keyNeeded();
    next();
  };
  // Any content type: `navigator.sendBeacon` sends text/plain; what counts is that the bytes are JSON.
  const body = express.raw({ type: () => true, limit: MAX_BODY_BYTES });
  // ubi.js posts to /ubi_events
  for (const path of ['/_kindred/events', '/ubi_events'])
    app
      .route(path)
      .post(trustedOnly, body, async (request, response) => {
        const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const identity = identityFromHeaders(request.headers);
        response.status(202).json(await deps.intake.record(bytes, { trusted: true, identity }));
      })
      .all(methodNotAllowed(['POST']));
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    const reasons = await deps.notReady();
    response.status(reasons.length === 0 ? 200 : 503);
    response.json({ status: reasons.length === 0 ? 'ready' : 'not ready', reasons });
  });
  app.use(notFound, problemHandler(deps.log));
  return app;
}

function keyNeeded(): KindredError {
  const message = 'send events with a server key in the header X-Kindred-Key';
  return new KindredError('unauthorized', message, { status: 401 });
}
