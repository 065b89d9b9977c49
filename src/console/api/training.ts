// Training of a model: readiness, the run and its progress, and the schedule.
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Readiness } from '../../contract/readiness.js';
import type { ScheduleView } from '../../contract/schedule.js';
import type { TrainingStatus } from '../../contract/training.js';
import { pathOf } from './models.js';
import { queryClient } from './query-client.js';
import { get, request } from './request.js';

export const readinessQuery = (id: string) =>
  queryOptions({
    queryKey: ['readiness', id],
    queryFn: ({ signal }) => get<Readiness>(`/readiness?model=${encodeURIComponent(id)}`, signal),
  });

export function useReadiness(id: string) {
  return useQuery(readinessQuery(id));
}

export const trainingQuery = (id: string) =>
  queryOptions({
    queryKey: ['training', id],
    queryFn: ({ signal }) => request<TrainingStatus>('GET', `${pathOf(id)}/training`, { signal }),
  });

/** Polled every second while a training runs, else every ten, as a schedule may start one. */
export function useTraining(id: string) {
  return useQuery({
    ...trainingQuery(id),
    refetchInterval: ({ state }) => (state.data?.data.state === 'running' ? 1_000 : 10_000),
  });
}

export async function startTraining(id: string): Promise<void> {
  queryClient.setQueryData(['training', id], await request<TrainingStatus>('POST', `${pathOf(id)}/training`));
}

/** @param etag of the run that is meant */
export async function cancelTraining(id: string, etag: string): Promise<void> {
  await request('DELETE', `${pathOf(id)}/training`, { ifMatch: etag });
}

export const scheduleQuery = (id: string) =>
  queryOptions({
    queryKey: ['schedule', id],
    queryFn: ({ signal }) => request<ScheduleView>('GET', `${pathOf(id)}/schedule`, { signal }),
  });

export function useSchedule(id: string) {
  return useQuery({ ...scheduleQuery(id), refetchInterval: 30_000 });
}

/** @param cron null ends the schedule */
export async function putSchedule(
  id: string,
  { cron, timezone }: Pick<ScheduleView, 'cron' | 'timezone'>,
  etag: string,
): Promise<void> {
  const path = `${pathOf(id)}/schedule`;
  if (cron === null) await request('DELETE', path, { ifMatch: etag });
  else await request('PUT', path, { body: { cron, timezone }, ifMatch: etag });
}
