// The proxy listener beside searches: event intake, identify and health. Any other path is 404, without a request to the engine.
import express, { type Express, type Request, type RequestHandler, type Response } from 'express';
import type { EngineKind } from '../../core/engine-kind.js';
import { KindredError } from '../../core/errors.js';
import { identifySchema } from '../../core/event/identity.js';
import { parseContent } from '../../core/parse-content.js';
import { MAX_BODY_BYTES, parseJson } from '../../events/event-body.js';
import type { EventIntake } from '../../events/event-intake.js';
import type { IdentifyVisitor } from '../../events/identify.js';
import { whyNotServed } from '../../search/request/engine-reads.js';
import { methodNotAllowed, notFound, type ProblemLog, problemHandler } from '../problem.js';
import { sendEngineError } from './engine-error.js';
import { addEventRoutes, bytes, rawBody } from './event-endpoints.js';
import { createTrust } from './server-key.js';
import { answerSniffing, SNIFFED } from './sniffed-nodes.js';

export interface ProxyAppDependencies {
  readonly intake: EventIntake;
  readonly identify: IdentifyVisitor;
  readonly engine: EngineKind;
  readonly serverKeys: readonly string[];
  /** why searches cannot be personalized now, in words; empty when ready */
  readonly notReady: () => Promise<readonly string[]>;
  readonly log: ProblemLog;
}

export function createProxyApp(deps: ProxyAppDependencies): Express {
  const app = express();
  app.disable('x-powered-by').enable('strict routing').enable('case sensitive routing');
  // Elasticsearch's clients refuse responses without it; they may send events and look for nodes as well.
  if (deps.engine === 'elasticsearch')
    app.use((_request, response, next) => {
      response.setHeader('X-Elastic-Product', 'Elasticsearch');
      next();
    });
  const isTrusted = createTrust(deps.serverKeys);
  const trustedOnly: RequestHandler = (request, _response, next) => {
    if (!isTrusted(request)) throw keyNeeded();
    next();
  };
  addEventRoutes(app, { ...deps, trustedOnly });
  app
    .route('/_kindred/identify')
    .post(trustedOnly, rawBody(MAX_BODY_BYTES), async (request, response) => {
      const sent = parseJson(bytes(request), 'a user_id with a session_id, a client_id or both');
      const identity = parseContent(identifySchema, sent, 'identity');
      response.status(202).json({ ...identity, joined: await deps.identify(identity) });
    })
    .all(methodNotAllowed(['POST']));
  app.get(SNIFFED, answerSniffing);
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (_request, response) => {
    const reasons = await deps.notReady();
    response.status(reasons.length === 0 ? 200 : 503);
    response.json({ status: reasons.length === 0 ? 'ready' : 'not ready', reasons });
  });
  app.use('/_kindred', notFound);
  app.use(problemHandler(deps.log));
  app.use((request: Request, response: Response) => {
    const error = new KindredError('not-served', whyNotServed(request.originalUrl), { status: 404 });
    sendEngineError(response, error, deps.engine);
  });
  return app;
}

function keyNeeded(): KindredError {
  const message = 'send this with a server key in the header X-Kindred-Key';
  return new KindredError('unauthorized', message, { status: 401 });
}
