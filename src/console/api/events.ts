// The feed of received events, polled, and sending a test event.

import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type {
  EventRate,
  ExampleEvent,
  FeedEvent,
  Feed as FeedResponse,
  TestReceipt,
} from '../../contract/event-feed.js';
import type { StoredEvent } from '../../contract/event-log.js';
import { get, request } from './request.js';

export interface Feed {
  /** newest first */
  readonly events: readonly FeedEvent[];
  readonly rates: readonly EventRate[];
  /** of the last request; null when it succeeded */
  readonly error: unknown;
  readonly loaded: boolean;
}

const POLL_MS = 2_000;
const MAX_KEPT = 300;

/** Polls for new events, unless it is paused. */
export function useFeed(paused: boolean): Feed {
  const [feed, setFeed] = useState<Feed>({ events: [], rates: [], error: null, loaded: false });
  const seq = useRef(0);
  useEffect(() => {
    if (paused) return;
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function poll() {
      try {
        const response = await get<FeedResponse>(`/events/feed?after=${seq.current}`, controller.signal);
        // After a restart of the server, its sequence numbers begin again.
        const restarted = response.seq < seq.current;
        seq.current = response.seq;
        setFeed(({ events }) => ({
          events: [...response.events]
            .reverse()
            .concat(restarted ? [] : events)
            .slice(0, MAX_KEPT),
          rates: response.rates,
          error: null,
          loaded: true,
        }));
      } catch (error) {
        if (controller.signal.aborted) return;
        setFeed((before) => ({ ...before, error, loaded: true }));
      }
      if (!controller.signal.aborted) timer = setTimeout(poll, POLL_MS);
    }
    void poll();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [paused]);
  return feed;
}

export async function sendTestEvent(event: object): Promise<TestReceipt> {
  return (await request<TestReceipt>('POST', '/events/test', { body: event })).data;
}

/** A product to try an event with. */
export const exampleProductQuery = queryOptions({
  queryKey: ['events', 'example'],
  queryFn: async ({ signal }) => (await get<ExampleEvent>('/events/example', signal)).product,
  staleTime: 60_000,
});

export function useExampleProduct() {
  return useQuery(exampleProductQuery);
}

const RECENT_EVENTS = 500;

/** Searches among the latest stored events, newest first. */
export function useRecentSearches() {
  return useQuery({
    queryKey: ['events', 'searches'],
    queryFn: async ({ signal }) =>
      (
        await get<{ events: readonly StoredEvent[] }>(`/events/recent?limit=${RECENT_EVENTS}`, signal)
      ).events.filter(({ user_query }) => typeof user_query === 'string' && user_query.trim() !== ''),
    staleTime: 30_000,
  });
}
