// Errors of the proxy in the shape that engines use, so that every client can read them.
import type { ServerResponse } from 'node:http';
import type { EngineKind } from '../../core/engine-kind.js';
import { KindredError } from '../../core/errors.js';

/**
 * Sends `{ error: { type, reason, root_cause }, status }` as Elasticsearch and OpenSearch do. The message of a failure
 * (5xx) is left out, as it may have what callers must not see, e.g. addresses.
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
    // Elasticsearch's clients require it in every response.
    ...(engine === 'elasticsearch' && { 'x-elastic-product': 'Elasticsearch' }),
  });
  response.end(body);
}
