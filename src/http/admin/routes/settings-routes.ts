// /api/settings: the personalization switch and the ranking mix.
import { settingsSchema } from '../../../contract/settings.js';
import type { SettingsStore } from '../../../models/store/settings-store.js';
import { type AdminRoute, route } from '../admin-route.js';
import { etagOf, matchedRevision } from '../etag.js';

const shared = { path: '/settings', answer: settingsSchema, answersEtag: true } as const;

export function settingsRoutes({ settingsStore }: { readonly settingsStore: SettingsStore }): AdminRoute[] {
  return [
    route({
      ...shared,
      method: 'get',
      summary: 'The settings',
      async handle() {
        const stored = await settingsStore.get();
        return { body: stored.source, etag: etagOf(stored) };
      },
    }),
    route({
      ...shared,
      method: 'put',
      summary: 'Replace the settings; running proxies follow within two seconds',
      body: settingsSchema,
      needsIfMatch: true,
      async handle({ body, actor, ifMatch }) {
        const current = await settingsStore.get();
        const stored = await settingsStore.put(body, actor, matchedRevision(ifMatch, current));
        return { body: stored.source, etag: etagOf(stored) };
      },
    }),
  ];
}
