// /api/events: the stored events and their summary, events as they arrive, and one to try.
import { feedQuery, feedSchema, receiptSchema, testEventSchema } from '../../../contract/event-feed.js';
import {
  type EventSummary,
  eventListQuery,
  eventListSchema,
  eventSummarySchema,
  type StoredEvent,
} from '../../../contract/event-log.js';
import { invalidContent } from '../../../core/parse-content.js';
import type { EventFeed } from '../../../events/event-feed.js';
import type { EventIntake } from '../../../events/event-intake.js';
import { type AdminRoute, route, routeWithQuery } from '../admin-route.js';

export interface EventRouteDependencies {
  /** the latest stored events, newest first */
  readonly recentEvents: (limit: number) => Promise<StoredEvent[]>;
  readonly summarizeEvents: () => Promise<EventSummary>;
  readonly feed: EventFeed;
  readonly intake: EventIntake;
}

export function eventRoutes(deps: EventRouteDependencies): AdminRoute[] {
  const { feed, intake } = deps;
  return [
    routeWithQuery({
      method: 'get',
      path: '/events/recent',
      summary: 'The latest events, newest first, as they are stored',
      query: eventListQuery,
      answer: eventListSchema,
      handle: async ({ query: { limit } }) => ({ body: { events: await deps.recentEvents(limit) } }),
    }),
    route({
      method: 'get',
      path: '/events/summary',
      summary: 'How many events of which kind there are, since when, and how many each time decay covers',
      answer: eventSummarySchema,
      handle: async () => ({ body: await deps.summarizeEvents() }),
    }),
    routeWithQuery({
      method: 'get',
      path: '/events/feed',
      summary:
        'The latest events of this process as they arrived, accepted and rejected, and how many a minute',
      query: feedQuery,
      answer: feedSchema,
      handle: async ({ query: { after, limit } }) => ({
        body: { ...feed.after(after, limit), rates: feed.rates() },
      }),
    }),
    route({
      method: 'post',
      path: '/events/test',
      summary: 'Send one event through the real intake: it is stored, and counts like any other',
      status: 202,
      body: testEventSchema,
      answer: receiptSchema,
      async handle({ body }) {
        if (typeof body !== 'object' || body === null || Array.isArray(body))
          throw invalidContent('event', [{ path: '', message: 'a JSON object is required' }]);
        const sent = Buffer.from(JSON.stringify(body));
        return { body: await intake.record(sent, { trusted: true, identity: {} }) };
      },
    }),
  ];
}
