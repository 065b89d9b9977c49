// /api/events/feed and /api/events/test: events as they arrive, and one to try.
import { z } from 'zod';
import { feedSchema, receiptSchema, testEventSchema } from '../../../contract/feed-schemas.js';
import { invalidContent } from '../../../core/parse-content.js';
import type { EventFeed } from '../../../events/event-feed.js';
import type { EventIntake } from '../../../events/event-intake.js';
import { type AdminRoute, route, routeWithQuery } from '../admin-route.js';

const feedQuery = z.object({
  after: z.coerce.number().int().min(0).default(0).describe('`seq` of the answer before'),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
});

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
