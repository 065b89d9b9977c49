// The settings, and the switch that turns personalization on and off.
import { useQuery } from '@tanstack/react-query';
import type { Settings } from '../../contract/settings.js';
import { queryClient } from './query-client.js';
import { ApiError, type ApiResponse, request } from './request.js';

const KEY = ['settings'];

export function useSettings() {
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => request<Settings>('GET', '/settings', { signal }),
  });
}

/** The settings on screen, else as they are on the server. */
export async function readSettings(): Promise<ApiResponse<Settings>> {
  return queryClient.getQueryData<ApiResponse<Settings>>(KEY) ?? request<Settings>('GET', '/settings');
}

/**
 * Switches personalization and keeps all other settings as they are on the server.
 * @param seen the settings on screen
 * @returns whether somebody else had changed them meanwhile
 */
export async function switchPersonalization(seen: ApiResponse<Settings>, enabled: boolean): Promise<boolean> {
  const put = ({ data, etag }: ApiResponse<Settings>) =>
    request<Settings>('PUT', '/settings', { body: { ...data, personalization: { enabled } }, ifMatch: etag });
  try {
    queryClient.setQueryData(KEY, await put(seen));
    return false;
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 412)) throw error;
    const now = await request<Settings>('GET', '/settings');
    queryClient.setQueryData(KEY, now.data.personalization.enabled === enabled ? now : await put(now));
    return true;
  }
}
