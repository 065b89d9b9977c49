// Versions of a model: save, activate, list, roll back.
import { modelViewSchema } from '../../../contract/model.js';
import { activateQuery, versionListSchema } from '../../../contract/version.js';
import { KindredError } from '../../../core/errors.js';
import type { Lifecycle } from '../../../models/lifecycle/lifecycle.js';
import { type AdminRoute, route, routeWithQuery } from '../admin-route.js';
import { answerModel } from './model-routes.js';

const stateChange = { method: 'post', answer: modelViewSchema, answersEtag: true, problems: [409] } as const;

export function versionRoutes({ lifecycle }: { readonly lifecycle: Lifecycle }): AdminRoute[] {
  return [
    route({
      ...stateChange,
      path: '/models/{id}/save',
      summary:
        'Save the trained version; of a draft that needs no training, save a version over the same profiles',
      async handle({ param, actor }) {
        await lifecycle.save(param('id'), actor);
        return answerModel(lifecycle, param('id'));
      },
    }),
    routeWithQuery({
      ...stateChange,
      path: '/models/{id}/activate',
      summary:
        'Serve from the saved version; running proxies follow within two seconds; 409 `quality-worse` when it was judged worse',
      query: activateQuery,
      async handle({ param, query, actor }) {
        await lifecycle.activate(param('id'), actor, { force: query.force === 'true' });
        return answerModel(lifecycle, param('id'));
      },
    }),
    route({
      method: 'get',
      path: '/models/{id}/versions',
      summary: 'The kept versions, newest first',
      answer: versionListSchema,
      handle: async ({ param }) => ({ body: { versions: await lifecycle.versions(param('id')) } }),
    }),
    routeWithQuery({
      ...stateChange,
      path: '/models/{id}/versions/{n}/rollback',
      summary:
        'Make a kept version the configuration, saved; of the active model, serve from it; 409 `quality-worse` when it is newer than what serves and was judged worse',
      query: activateQuery,
      async handle({ param, query, actor }) {
        const force = query.force === 'true';
        await lifecycle.rollback(param('id'), versionNumber(param('n')), actor, { force });
        return answerModel(lifecycle, param('id'));
      },
    }),
  ];
}

function versionNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new KindredError('version-not-found', `"${text}" is not a version number`, { status: 404 });
}
