// /api/models: the models and their configuration.

import {
  modelInputSchema,
  modelListSchema,
  modelViewSchema,
  newModelSchema,
} from '../../../contract/model.js';
import type { Lifecycle } from '../../../models/lifecycle/lifecycle.js';
import type { ModelStore } from '../../../models/store/model-store.js';
import { type AdminAnswer, type AdminRoute, route } from '../admin-route.js';
import { checkIfMatch, etagOf } from '../etag.js';

const one = { path: '/models/{id}', answer: modelViewSchema, answersEtag: true } as const;

export function modelRoutes(deps: {
  readonly lifecycle: Lifecycle;
  readonly modelStore: ModelStore;
}): AdminRoute[] {
  const { lifecycle, modelStore } = deps;

  async function show(id: string): Promise<AdminAnswer> {
    const stored = await lifecycle.view(id);
    return { body: stored.source, etag: etagOf(stored) };
  }

  return [
    route({
      method: 'get',
      path: '/models',
      summary: 'All models, the default one first',
      answer: modelListSchema,
      handle: async () => ({ body: { models: await lifecycle.views() } }),
    }),
    route({
      method: 'post',
      path: '/models',
      summary: 'A new model, a draft; 409 when there are one default and two custom models',
      body: newModelSchema,
      status: 201,
      answer: modelViewSchema,
      answersEtag: true,
      problems: [409],
      async handle({ body, actor }) {
        const { id } = await modelStore.create(body, actor);
        return { ...(await show(id)), location: `/api/models/${id}` };
      },
    }),
    route({
      ...one,
      method: 'get',
      summary: 'One model in its present state',
      handle: ({ param }) => show(param('id')),
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
        const exact = checkIfMatch(ifMatch, etagOf(current));
        await modelStore.update(param('id'), body, actor, exact ? current : undefined);
        return show(param('id'));
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
        const exact = checkIfMatch(ifMatch, etagOf(current));
        await lifecycle.remove(param('id'), actor, exact ? current : undefined);
        return {};
      },
    }),
  ];
}
