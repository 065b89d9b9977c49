// /api/events/feed and /api/events/test: events as they arrive, and one to try.
import { feedQuery, feedSchema, receiptSchema, testEventSchema } from '../../../contract/event-feed.js';
import { invalidContent } from '../../../core/parse-content.js';
import type { EventFeed } from '../../../events/event-feed.js';
import type { EventIntake } from '../../../events/event-intake.js';
import { type AdminRoute, route, routeWithQuery } from '../admin-route.js';

export function feedRoutes({
  feed,
  intake,
}: {
  readonly feed: EventFeed;
  readonly intake: EventIntake;
}): AdminRoute[] {
  return [
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
