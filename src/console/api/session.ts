// The session of the key in use, with its role, and the audit trail.
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { AdminSession } from '../../contract/admin-session.js';
import type { AuditList } from '../../contract/audit.js';
import { get, request } from './request.js';

/**
 * @param key to try; without it the one in use
 * @throws ApiError 401 when the key is not accepted
 */
export async function readSession(key?: string, signal?: AbortSignal): Promise<AdminSession> {
  return (await request<AdminSession>('GET', '/session', { key, signal })).data;
}

export function useSession() {
  return useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => readSession(undefined, signal),
    staleTime: 60_000,
  });
}

const USUAL_PROXY = 'http://localhost:9280';

/** Address of the proxy for lines to copy. */
export function useProxyUrl(): string {
  const { data } = useSession();
  return data?.proxyUrl ?? USUAL_PROXY;
}

/** False for viewers. */
export function useMayEdit(): boolean {
  const { data } = useSession();
  return data !== undefined && data.role !== 'viewer';
}

/** The latest changes, newest first. */
export const auditQuery = queryOptions({
  queryKey: ['audit'],
  queryFn: async ({ signal }) => (await get<AuditList>('/audit?limit=500', signal)).entries,
});

export function useAudit() {
  return useQuery(auditQuery);
}
