// /api/settings: the personalization switch and the ranking mix of a catalog.
import { settingsSchema } from '../../../contract/settings.js';
import { catalogQuery } from '../../../contract/shared-schemas.js';
import type { SettingsStore } from '../../../models/store/settings-store.js';
import { type AdminRoute, routeWithQuery } from '../admin-route.js';
import { etagOf, matchedRevision } from '../etag.js';

const shared = {
  path: '/settings',
  query: catalogQuery,
  answer: settingsSchema,
  answersEtag: true,
  problems: [404],
} as const;

export function settingsRoutes({
  settingsStore,
  catalogName,
}: {
  readonly settingsStore: SettingsStore;
  /** Error: `catalog-not-found` (404). */
  readonly catalogName: (name: string | undefined) => string;
}): AdminRoute[] {
  return [
    routeWithQuery({
      ...shared,
      method: 'get',
      summary: 'The settings of a catalog',
      async handle({ query }) {
        const stored = await settingsStore.get(catalogName(query.catalog));
        return { body: stored.source, etag: etagOf(stored) };
      },
    }),
    routeWithQuery({
      ...shared,
      method: 'put',
      summary: 'Replace the settings of a catalog; running proxies follow within two seconds',
      body: settingsSchema,
      needsIfMatch: true,
      async handle({ query, body, actor, ifMatch }) {
        const catalog = catalogName(query.catalog);
        const current = await settingsStore.get(catalog);
        const stored = await settingsStore.put(catalog, body, actor, matchedRevision(ifMatch, current));
        return { body: stored.source, etag: etagOf(stored) };
      },
    }),
  ];
}
