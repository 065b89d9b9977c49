// Who is signed in, and what their key allows.
import { useQuery } from '@tanstack/react-query';
import { ApiError, get, request } from './request.js';
import type { AuditEntry, Session } from './types.js';

/** What a server says that does not tell yet: its keys are admins' keys. */
const UNTOLD: Session = {
  role: 'admin',
  actor: null,
  version: null,
  engine: null,
  catalogs: [{ index: 'products', categoryField: 'category' }],
  warnings: [],
};

/**
 * @param key to try; without it the one in use
 * @throws ApiError 401 when the key is not accepted
 */
export async function readSession(key?: string, signal?: AbortSignal): Promise<Session> {
  try {
    const options = { ...(key !== undefined && { key }), ...(signal && { signal }) };
    return (await request<Session>('GET', '/session', options)).data;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return UNTOLD;
    throw error;
  }
}

export function useSession() {
  return useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => readSession(undefined, signal),
    staleTime: 60_000,
  });
}

/** Viewers look only. */
export function useMayEdit(): boolean {
  const { data } = useSession();
  return data !== undefined && data.role !== 'viewer';
}

/** The latest changes, newest first. */
export function useAudit() {
  return useQuery({
    queryKey: ['audit'],
    queryFn: async ({ signal }) => (await get<{ entries: AuditEntry[] }>('/audit?limit=500', signal)).entries,
  });
}
