// /api/models/{id}/training: start a training, its progress, and cancel it.
import { type TrainingStatus, trainingStatusSchema } from '../../../contract/training.js';
import type { Lifecycle } from '../../../models/lifecycle/lifecycle.js';
import { type AdminRoute, route } from '../admin-route.js';
import { checkIfMatch } from '../etag.js';

const shared = { path: '/models/{id}/training', answer: trainingStatusSchema, answersEtag: true } as const;

export function trainingRoutes({ lifecycle }: { readonly lifecycle: Lifecycle }): AdminRoute[] {
  return [
    route({
      ...shared,
      method: 'get',
      summary: 'Progress of the latest training run',
      async handle({ param }) {
        const status = await lifecycle.status(param('id'));
        return { body: status, etag: runTag(status) };
      },
    }),
    route({
      ...shared,
      method: 'post',
      summary: 'Start a training run of the model as it is now',
      status: 202,
      problems: [409],
      async handle({ param, actor }) {
        const { status } = await lifecycle.start(param('id'), { actor });
        return { body: status, etag: runTag(status), location: `/api/models/${param('id')}/training` };
      },
    }),
    route({
      ...shared,
      method: 'delete',
      summary: 'Cancel the running training',
      status: 202,
      needsIfMatch: true,
      problems: [409],
      async handle({ param, actor, ifMatch }) {
        checkIfMatch(ifMatch, runTag(await lifecycle.status(param('id'))));
        const status = await lifecycle.cancel(param('id'), actor);
        return { body: status, etag: runTag(status) };
      },
    }),
  ];
}

/** The ETag is of the run, not of its progress, so that a cancel at any percent is for the run that was read. */
function runTag({ startedAt, version }: TrainingStatus): string {
  return `"${startedAt ? Date.parse(startedAt) : 0}.${version ?? 0}"`;
}
