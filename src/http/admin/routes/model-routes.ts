// /api/models: the models and their configuration. /api/presets: what a new one can start from.

import {
  type ModelView,
  modelInputSchema,
  modelListSchema,
  modelViewSchema,
  newModelSchema,
} from '../../../contract/model.js';
import { presetListSchema } from '../../../contract/preset.js';
import { catalogQuery } from '../../../contract/shared-schemas.js';
import { PRESET_IDS, PRESETS } from '../../../core/model/presets.js';
import type { Lifecycle } from '../../../models/lifecycle/lifecycle.js';
import type { ModelStore } from '../../../models/store/model-store.js';
import { type AdminAnswer, type AdminRoute, route, routeWithQuery } from '../admin-route.js';
import { etagOf, matchedRevision } from '../etag.js';

/** The model in its present state, with its ETag. */
export async function answerModel(lifecycle: Lifecycle, id: string): Promise<AdminAnswer<ModelView>> {
  const stored = await lifecycle.view(id);
  return { body: stored.source, etag: etagOf(stored) };
}

/** A body that names no catalog is for the query's. */
function inCatalog(body: unknown, catalog: string): unknown {
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? { catalog, ...body } : body;
}

const one = { path: '/models/{id}', answer: modelViewSchema, answersEtag: true } as const;

export function modelRoutes(deps: {
  readonly lifecycle: Lifecycle;
  readonly modelStore: ModelStore;
  /** Error: `catalog-not-found` (404). */
  readonly catalogName: (name: string | undefined) => string;
}): AdminRoute[] {
  const { lifecycle, modelStore, catalogName } = deps;
  return [
    routeWithQuery({
      method: 'get',
      path: '/models',
      summary: 'The models of a catalog, the default one first',
      query: catalogQuery,
      answer: modelListSchema,
      problems: [404],
      handle: async ({ query: { catalog } }) => ({
        body: { models: await lifecycle.views(catalogName(catalog)) },
      }),
    }),
    routeWithQuery({
      method: 'post',
      path: '/models',
      summary: 'A new model, a draft; 409 when its catalog has one default and two custom models',
      query: catalogQuery,
      body: newModelSchema,
      status: 201,
      answer: modelViewSchema,
      answersEtag: true,
      problems: [404, 409],
      async handle({ query, body, actor }) {
        const { id } = await modelStore.create(inCatalog(body, catalogName(query.catalog)), actor);
        return { ...(await answerModel(lifecycle, id)), location: `/api/models/${id}` };
      },
    }),
    route({
      ...one,
      method: 'get',
      summary: 'One model in its present state',
      handle: ({ param }) => answerModel(lifecycle, param('id')),
    }),
    route({
      ...one,
      method: 'put',
      summary: 'Replace the configuration; of the active model this makes a draft while it keeps serving',
      body: modelInputSchema,
      needsIfMatch: true,
      problems: [409],
      async handle({ param, body, actor, ifMatch }) {
        const current = await modelStore.get(param('id'));
        await modelStore.update(param('id'), body, actor, matchedRevision(ifMatch, current));
        return answerModel(lifecycle, param('id'));
      },
    }),
    route({
      method: 'delete',
      path: '/models/{id}',
      summary: 'Delete a model with its profiles; never the default one, never the active one',
      status: 204,
      needsIfMatch: true,
      problems: [409],
      async handle({ param, actor, ifMatch }) {
        const current = await modelStore.get(param('id'));
        await lifecycle.remove(param('id'), actor, matchedRevision(ifMatch, current));
        return {};
      },
    }),
  ];
}

export function presetRoutes(): AdminRoute[] {
  return [
    route({
      method: 'get',
      path: '/presets',
      summary: 'What a new model can start from',
      answer: presetListSchema,
      handle: async () => ({ body: { presets: PRESET_IDS.map((id) => ({ id, ...PRESETS[id] })) } }),
    }),
  ];
}
