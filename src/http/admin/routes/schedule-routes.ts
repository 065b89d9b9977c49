// /api/models/{id}/schedule: when a model is trained again by itself.
import { type ScheduleView, scheduleInputSchema, scheduleSchema } from '../../../contract/schedule.js';
import type { ScheduleStore } from '../../../models/jobs/schedule-store.js';
import { viewSchedule } from '../../../models/jobs/schedule-view.js';
import type { Lifecycle } from '../../../models/lifecycle/lifecycle.js';
import { type AdminAnswer, type AdminRoute, route } from '../admin-route.js';
import { etagOf, matchedRevision } from '../etag.js';

const shared = { path: '/models/{id}/schedule', answer: scheduleSchema, answersEtag: true } as const;

export function scheduleRoutes({
  schedules,
  lifecycle,
}: {
  readonly schedules: ScheduleStore;
  readonly lifecycle: Pick<Lifecycle, 'status'>;
}): AdminRoute[] {
  type Stored = Awaited<ReturnType<ScheduleStore['get']>>;

  async function answer(id: string, stored: Stored): Promise<AdminAnswer<ScheduleView>> {
    const body = await viewSchedule(stored.source, () => lifecycle.status(id), Date.now());
    return { body, etag: etagOf(stored) };
  }

  return [
    route({
      ...shared,
      method: 'get',
      summary: 'When the model is trained again, and what became of the last time',
      handle: async ({ param }) => answer(param('id'), await schedules.get(param('id'))),
    }),
    route({
      ...shared,
      method: 'put',
      summary: 'Train the model again at the times of a cron expression; makes no draft',
      body: scheduleInputSchema,
      needsIfMatch: true,
      async handle({ param, body, actor, ifMatch }) {
        const revision = matchedRevision(ifMatch, await schedules.get(param('id')));
        return answer(param('id'), await schedules.put(param('id'), body, actor, revision));
      },
    }),
    route({
      method: 'delete',
      path: shared.path,
      summary: 'Train the model by hand only',
      status: 204,
      needsIfMatch: true,
      async handle({ param, actor, ifMatch }) {
        const revision = matchedRevision(ifMatch, await schedules.get(param('id')));
        await schedules.remove(param('id'), actor, revision);
        return {};
      },
    }),
  ];
}
