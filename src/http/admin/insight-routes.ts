// What people look at when they ask why: readiness, recent events, one user's profile, the audit trail.
import { z } from 'zod';
import type { Catalog } from '../../core/catalog.js';
import { KindredError } from '../../core/errors.js';
import { individualId, type ProfileDocument } from '../../core/profile.js';
import type { EngineClient } from '../../engine/client.js';
import type { Audit } from '../../models/audit.js';
import { EVENTS_INDEX } from '../../models/indices.js';
import type { ModelStore } from '../../models/model-store.js';
import { checkReadiness } from '../../models/readiness.js';
import type { SettingsStore } from '../../models/settings-store.js';
import { type AdminRoute, route, routeWithQuery } from './admin-route.js';
import {
  auditListSchema,
  eventListSchema,
  limitSchema,
  readinessSchema,
  userProfileSchema,
} from './schemas.js';

export function insightRoutes(deps: {
  readonly engine: EngineClient;
  readonly catalogs: readonly Catalog[];
  readonly modelStore: ModelStore;
  readonly settingsStore: SettingsStore;
  readonly audit: Audit;
}): AdminRoute[] {
  const { engine, catalogs, modelStore, settingsStore, audit } = deps;
  return [
    routeWithQuery({
      method: 'get',
      path: '/readiness',
      summary: 'What is missing before a model can be trained',
      query: z.object({ model: z.string().optional().describe('default: the default model') }),
      answer: readinessSchema,
      problems: [404],
      async handle({ query: { model: id } }) {
        const model =
          id === undefined
            ? (await modelStore.list()).map((record) => record.model)[0]
            : (await modelStore.get(id)).source.model;
        return { body: await checkReadiness(engine, catalogs, model ?? null) };
      },
    }),
    routeWithQuery({
      method: 'get',
      path: '/events/recent',
      summary: 'The latest events, newest first, as they are stored',
      query: z.object({ limit: limitSchema(500) }),
      answer: eventListSchema,
      async handle({ query: { limit } }) {
        const answer = await engine.search(EVENTS_INDEX, { size: limit, sort: [{ timestamp: 'desc' }] });
        return { body: { events: answer.hits.hits.map(({ _source }) => _source) } };
      },
    }),
    route({
      method: 'get',
      path: '/users/{id}',
      summary: "One user's profile under the active model",
      answer: userProfileSchema,
      problems: [409],
      async handle({ param }) {
        const active = await settingsStore.active();
        if (!active)
          throw new KindredError('no-active-model', 'no model is active; activate one first', {
            status: 409,
          });
        const found = await engine.get<ProfileDocument>(active.profileIndex, individualId(param('id')));
        if (!found)
          throw new KindredError('profile-not-found', 'the active model has no profile of this user', {
            status: 404,
          });
        const { model, version } = active;
        return { body: { user_id: param('id'), model: model.id, version, profile: found.source } };
      },
    }),
    routeWithQuery({
      method: 'get',
      path: '/audit',
      summary: 'Who changed what, newest first',
      query: z.object({ limit: limitSchema(500) }),
      answer: auditListSchema,
      handle: async ({ query: { limit } }) => ({ body: { entries: await audit.latest(limit) } }),
    }),
  ];
}
