// Events as they arrive, and one to try.
import { useEffect, useRef, useState } from 'react';
import { get, request } from './request.js';

export interface Finding {
  readonly path: string;
  readonly message: string;
}

export interface FedEvent {
  readonly seq: number;
  readonly at: string;
  readonly accepted: boolean;
  readonly event: unknown;
  readonly errors?: readonly Finding[];
}

export interface EventRate {
  readonly action: string;
  /** of the last hour, the running minute last */
  readonly perMinute: readonly number[];
  readonly rejected: readonly number[];
}

interface FeedAnswer {
  readonly seq: number;
  readonly events: readonly FedEvent[];
  readonly rates: readonly EventRate[];
}

export interface Feed {
  /** newest first */
  readonly events: readonly FedEvent[];
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

export interface Receipt {
  readonly accepted: number;
  readonly rejected: readonly { readonly index: number; readonly errors: readonly Finding[] }[];
}

export async function sendTestEvent(event: object): Promise<Receipt> {
  return (await request<Receipt>('POST', '/events/test', { body: event })).data;
}
