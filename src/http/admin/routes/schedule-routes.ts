// /api/models/{id}/schedule: when a model is trained again by itself.

import { scheduleInputSchema, scheduleSchema } from '../../../contract/schedule.js';
import type { StoredDocument } from '../../../engine/client/client.js';
import { nextTime } from '../../../models/jobs/cron.js';
import type { Schedule, ScheduleStore } from '../../../models/jobs/schedule-store.js';
import type { Lifecycle } from '../../../models/lifecycle/lifecycle.js';
import { type AdminAnswer, type AdminRoute, route } from '../admin-route.js';
import { checkIfMatch, etagOf } from '../etag.js';

/** Before and after its training a run takes seconds. */
const PUBLISHED_MS = 60_000;

const shared = { path: '/models/{id}/schedule', answer: scheduleSchema, answersEtag: true } as const;

export function scheduleRoutes({
  schedules,
  lifecycle,
}: {
  readonly schedules: ScheduleStore;
  readonly lifecycle: Lifecycle;
}): AdminRoute[] {
  async function show(id: string, stored: StoredDocument<Schedule | null>): Promise<AdminAnswer> {
    const { cron = null, timezone = 'UTC', lastRun = null } = stored.source ?? {};
    const next = stored.source && nextTime(stored.source, Date.now());
    const body = {
      cron,
      timezone,
      next: next === null ? null : new Date(next).toISOString(),
      lastRun: lastRun?.outcome === 'running' ? await stillRunning(id, lastRun) : lastRun,
    };
    return { body, etag: etagOf(stored) };
  }

  /** A process that was killed cannot say what became of its run; the training's own state does. */
  async function stillRunning(id: string, lastRun: NonNullable<Schedule['lastRun']>) {
    const { state, error, finishedAt } = await lifecycle.status(id);
    const ended = finishedAt !== null && finishedAt > lastRun.startedAt ? finishedAt : lastRun.startedAt;
    if (state === 'running' || Date.now() - Date.parse(ended) < PUBLISHED_MS) return lastRun;
    const message = (state === 'failed' && error) || 'the process stopped before it was done';
    return { ...lastRun, finishedAt: ended, outcome: 'failed', message };
  }

  return [
    route({
      ...shared,
      method: 'get',
      summary: 'When the model is trained again, and what became of the last time',
      handle: async ({ param }) => show(param('id'), await schedules.get(param('id'))),
    }),
    route({
      ...shared,
      method: 'put',
      summary: 'Train the model again at the times of a cron expression; makes no draft',
      body: scheduleInputSchema,
      needsIfMatch: true,
      async handle({ param, body, actor, ifMatch }) {
        const current = await schedules.get(param('id'));
        const exact = checkIfMatch(ifMatch, etagOf(current));
        return show(param('id'), await schedules.put(param('id'), body, actor, exact ? current : undefined));
      },
    }),
    route({
      method: 'delete',
      path: shared.path,
      summary: 'Train the model by hand only',
      status: 204,
      needsIfMatch: true,
      async handle({ param, actor, ifMatch }) {
        const current = await schedules.get(param('id'));
        const exact = checkIfMatch(ifMatch, etagOf(current));
        await schedules.remove(param('id'), actor, exact ? current : undefined);
        return {};
      },
    }),
  ];
}
