// The alerts that fire and those that resolved, polled; and a message to try the webhook with.
import { useQuery } from '@tanstack/react-query';
import type { AlertList, WebhookTest } from '../../contract/alert.js';
import { get, request } from './request.js';

const POLL_MS = 30_000;

export function useAlerts() {
  return useQuery({
    queryKey: ['alerts'],
    queryFn: ({ signal }) => get<AlertList>('/alerts', signal),
    refetchInterval: POLL_MS,
  });
}

export async function testWebhook(): Promise<WebhookTest> {
  return (await request<WebhookTest>('POST', '/alerts/test')).data;
}
