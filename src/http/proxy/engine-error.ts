// Errors of the proxy's own in the shape engines use, so that every client can read them.

import type { ServerResponse } from 'node:http';
import type { EngineKind } from '../../core/engine-kind.js';
import { KindredError } from '../../core/errors.js';

/**
 * Answers `{ error: { type, reason, root_cause }, status }` as Elasticsearch and OpenSearch do. A failure of
 * ours or of the engine is answered without its message: it may carry what callers must not see, e.g. addresses.
 */
export function sendEngineError(response: ServerResponse, error: unknown, engine: EngineKind): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const known = error instanceof KindredError;
  const status = known ? error.status : 500;
  const cause = {
    type: known ? error.code.replaceAll('-', '_') : 'internal_error',
    reason: known && status < 500 ? error.message : 'Kindred failed on this request; its log has the details',
  };
  const body = JSON.stringify({ error: { root_cause: [cause], ...cause }, status });
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    // Elasticsearch's clients look for it in every answer
    ...(engine === 'elasticsearch' && { 'x-elastic-product': 'Elasticsearch' }),
  });
  response.end(body);
}

/** For a path that neither Kindred nor its engine's searches have. */
export function notServed(): KindredError {
  return new KindredError('not-served', 'nothing is served at this path with this method', { status: 404 });
}
