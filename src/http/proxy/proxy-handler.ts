// The proxy listener: a plain Node handler for searches, in front of the Express app for everything else.
import type { RequestListener } from 'node:http';
import type { EngineKind } from '../../core/engine-kind.js';
import { KindredError } from '../../core/errors.js';
import { parseRoute } from '../../search/request/route.js';
import type { SearchHandler } from '../../search/search-handler.js';
import type { ProblemLog } from '../problem.js';
import { sendEngineError } from './engine-error.js';
import { createTrust } from './server-key.js';

export interface ProxyHandlerOptions {
  readonly search: SearchHandler;
  readonly app: RequestListener;
  readonly engine: EngineKind;
  readonly serverKeys: readonly string[];
  /** the indices whose documents may be written through the proxy; absent: none */
  readonly passWrites?: readonly string[];
  readonly log: ProblemLog;
}

export function createProxyHandler(options: ProxyHandlerOptions): RequestListener {
  const { search, app, engine, serverKeys, passWrites, log } = options;
  const isTrusted = createTrust(serverKeys);
  const writable = new Set(passWrites);
  return async function handleProxyRequest(request, response) {
    const route = parseRoute(request.method ?? '', request.url ?? '', writable);
    if (!route) return app(request, response);
    try {
      await search(request, response, route, isTrusted(request));
    } catch (error) {
      // The caller has closed the connection. A response that is queued behind another gets no event for it.
      if (request.socket.destroyed) return;
      if (!(error instanceof KindredError && error.status < 500))
        log.error({ err: error, path: route.path }, 'search failed');
      sendEngineError(response, error, engine);
    }
  };
}
