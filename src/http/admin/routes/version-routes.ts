// What a trained model goes through: save, activate, its versions, and back to one of them.
import { modelViewSchema } from '../../../contract/model.js';
import { activateQuery, versionListSchema } from '../../../contract/version.js';
import { KindredError } from '../../../core/errors.js';
import type { Lifecycle } from '../../../models/lifecycle/lifecycle.js';
import { type AdminAnswer, type AdminRoute, route, routeWithQuery } from '../admin-route.js';
import { etagOf } from '../etag.js';

const moves = { method: 'post', answer: modelViewSchema, answersEtag: true, problems: [409] } as const;

export function versionRoutes({ lifecycle }: { readonly lifecycle: Lifecycle }): AdminRoute[] {
  async function show(id: string): Promise<AdminAnswer> {
    const stored = await lifecycle.view(id);
    return { body: stored.source, etag: etagOf(stored) };
  }

  return [
    route({
      ...moves,
      path: '/models/{id}/save',
      summary: 'Save the trained version',
      async handle({ param, actor }) {
        await lifecycle.save(param('id'), actor);
        return show(param('id'));
      },
    }),
    routeWithQuery({
      ...moves,
      path: '/models/{id}/activate',
      summary:
        'Serve from the saved version; running proxies follow within two seconds; 409 `quality-worse` when it was judged worse',
      query: activateQuery,
      async handle({ param, query, actor }) {
        await lifecycle.activate(param('id'), actor, { force: query.force === 'true' });
        return show(param('id'));
      },
    }),
    route({
      method: 'get',
      path: '/models/{id}/versions',
      summary: 'The kept versions, newest first',
      answer: versionListSchema,
      handle: async ({ param }) => ({ body: { versions: await lifecycle.versions(param('id')) } }),
    }),
    route({
      ...moves,
      path: '/models/{id}/versions/{n}/rollback',
      summary: 'Make a kept version the configuration, saved; of the active model, serve from it',
      async handle({ param, actor }) {
        await lifecycle.rollback(param('id'), versionNumber(param('n')), actor);
        return show(param('id'));
      },
    }),
  ];
}

function versionNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new KindredError('version-not-found', `"${text}" is not a version number`, { status: 404 });
}
