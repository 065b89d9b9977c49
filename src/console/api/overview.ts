// The overview: searches of the last hour, and trainings.
import { useQuery } from '@tanstack/react-query';
import type { Overview } from '../../contract/overview.js';
import { get } from './request.js';

const POLL_MS = 10_000;

export function useOverview() {
  return useQuery({
    queryKey: ['overview'],
    queryFn: ({ signal }) => get<Overview>('/overview', signal),
    refetchInterval: POLL_MS,
  });
}
