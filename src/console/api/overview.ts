// The overview: searches of the last hour, and trainings.
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Overview } from '../../contract/overview.js';
import { get } from './request.js';

const POLL_MS = 10_000;

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => get<Overview>('/overview', signal),
});

export function useOverview() {
  return useQuery({ ...overviewQuery, refetchInterval: POLL_MS });
}
