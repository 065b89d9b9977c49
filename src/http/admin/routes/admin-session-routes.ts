// /api/session: the role of a key, the engine and the catalogs.
import { type AdminSession, adminSessionSchema } from '../../../contract/admin-session.js';
import type { Catalog } from '../../../core/catalog.js';
import { type AdminRoute, route } from '../admin-route.js';

export function adminSessionRoutes(deps: {
  readonly engine: AdminSession['engine'];
  readonly catalogs: readonly Catalog[];
  readonly version: string;
  readonly proxyUrl: string;
  readonly warnings: readonly string[];
}): AdminRoute[] {
  const { kind, version } = deps.engine;
  return [
    route({
      method: 'get',
      path: '/session',
      summary: 'The role of the key, the engine, the catalogs, and what an operator should look at',
      answer: adminSessionSchema,
      handle: async ({ role, actor }) => ({
        body: {
          role,
          actor,
          engine: { kind, version },
          version: deps.version,
          proxyUrl: deps.proxyUrl,
          catalogs: deps.catalogs.map(
            ({ name, indices, idField, titleField, categoryField, imageField = null }) => ({
              name,
              index: indices.join(),
              idField,
              titleField,
              categoryField,
              imageField,
            }),
          ),
          warnings: deps.warnings,
        },
      }),
    }),
  ];
}
