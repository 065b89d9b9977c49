// Puts the operations of the admin API on an Express router.
import { type RequestHandler, Router } from 'express';
import { methodNotAllowed } from '../problem.js';
import { requireRole } from './admin-keys.js';
import { type AdminRoute, roleOf } from './admin-route.js';

/**
 * A path has the methods of its operations (HEAD where it has GET); others get 405 with `Allow`. A key whose role is too
 * low gets 403.
 */
export function mountRoutes(routes: readonly AdminRoute[]): Router {
  const router = Router({ strict: true, caseSensitive: true });
  for (const [path, operations] of byPath(routes)) {
    const mounted = router.route(path.replaceAll(/\{(\w+)\}/g, ':$1'));
    for (const operation of operations) mounted[operation.method](handler(operation));
    const methods = operations.map(({ method }) => method.toUpperCase());
    mounted.all(methodNotAllowed(methods.includes('GET') ? ['HEAD', ...methods] : methods));
  }
  return router;
}

function handler(operation: AdminRoute): RequestHandler {
  return async (request, response) => {
    const { actor, role } = response.locals;
    requireRole(roleOf(operation), role);
    const answer = await operation.run({
      param: (name) => String(request.params[name]),
      query: request.query,
      body: request.body,
      actor,
      role,
      ifMatch: request.get('if-match'),
    });
    if (answer.etag !== undefined) response.set('ETag', answer.etag);
    if (answer.location !== undefined) response.location(answer.location);
    if (answer.fileName !== undefined) response.attachment(answer.fileName);
    response.status(operation.status ?? 200);
    if (answer.body === undefined) response.end();
    else response.json(answer.body);
  };
}

function byPath(routes: readonly AdminRoute[]): ReadonlyMap<string, AdminRoute[]> {
  const groups = new Map<string, AdminRoute[]>();
  for (const operation of routes)
    groups.set(operation.path, [...(groups.get(operation.path) ?? []), operation]);
  return groups;
}
