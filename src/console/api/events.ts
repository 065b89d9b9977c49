// Events as they arrive, and one to try.
import { useEffect, useRef, useState } from 'react';
import type { EventRate, EventReceipt, Feed as FeedAnswer, FeedEvent } from '../../contract/event-feed.js';
import { get, request } from './request.js';

export interface Feed {
  /** newest first */
  readonly events: readonly FeedEvent[];
  readonly rates: readonly EventRate[];
  /** of the last ask; null when it was answered */
  readonly error: unknown;
  readonly asked: boolean;
}

const EVERY_MS = 2_000;
const KEPT = 300;

/** Asks for what is new again and again, unless it is paused. */
export function useFeed(paused: boolean): Feed {
  const [feed, setFeed] = useState<Feed>({ events: [], rates: [], error: null, asked: false });
  const seq = useRef(0);
  useEffect(() => {
    if (paused) return;
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function ask() {
      try {
        const answer = await get<FeedAnswer>(`/events/feed?after=${seq.current}`, controller.signal);
        // After a restart of the server numbers begin anew.
        const anew = answer.seq < seq.current;
        seq.current = answer.seq;
        setFeed(({ events }) => ({
          events: [...answer.events]
            .reverse()
            .concat(anew ? [] : events)
            .slice(0, KEPT),
          rates: answer.rates,
          error: null,
          asked: true,
        }));
      } catch (error) {
        if (controller.signal.aborted) return;
        setFeed((before) => ({ ...before, error, asked: true }));
      }
      if (!controller.signal.aborted) timer = setTimeout(ask, EVERY_MS);
    }
    void ask();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [paused]);
  return feed;
}

export async function sendTestEvent(event: object): Promise<EventReceipt> {
  return (await request<EventReceipt>('POST', '/events/test', { body: event })).data;
}
