// /api/events: the stored events and their summary, events as they arrive, and one to try.
import {
  type ExampleEvent,
  exampleQuery,
  exampleSchema,
  feedQuery,
  feedSchema,
  testEventSchema,
  testReceiptSchema,
} from '../../../contract/event-feed.js';
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
import { feedProducts, productOf, productWarnings, withTitles } from '../../../events/feed-titles.js';
import { type AdminRoute, route, routeWithQuery } from '../admin-route.js';

export interface EventRouteDependencies {
  /** the latest stored events, newest first */
  readonly recentEvents: (limit: number) => Promise<StoredEvent[]>;
  readonly summarizeEvents: () => Promise<EventSummary>;
  readonly feed: EventFeed;
  /** of products of any catalog; `complete` where every catalog could be read */
  readonly readTitles: (
    ids: readonly string[],
  ) => Promise<{ readonly titles: ReadonlyMap<string, string>; readonly complete: boolean }>;
  /** Error: `invalid-content` (422) where the catalog is not configured. @param catalog the first where none is given */
  readonly exampleProduct: (catalog: string | undefined) => Promise<ExampleEvent['product']>;
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
      async handle({ query: { after, limit } }) {
        const { seq, events } = feed.after(after, limit);
        const titled = withTitles(events, await deps.readTitles(feedProducts(events)));
        return { body: { seq, events: titled, rates: feed.rates() } };
      },
    }),
    routeWithQuery({
      method: 'get',
      path: '/events/example',
      summary: 'A product of the catalog to try an event with: the latest that an event names, else any',
      query: exampleQuery,
      answer: exampleSchema,
      handle: async ({ query: { catalog } }) => ({ body: { product: await deps.exampleProduct(catalog) } }),
    }),
    route({
      method: 'post',
      path: '/events/test',
      summary: 'Send one event through the real intake: it is stored, and counts like any other',
      status: 202,
      body: testEventSchema,
      answer: testReceiptSchema,
      async handle({ body }) {
        if (typeof body !== 'object' || body === null || Array.isArray(body))
          throw invalidContent('event', [{ path: '', message: 'a JSON object is required' }]);
        const sent = Buffer.from(JSON.stringify(body));
        const receipt = await intake.record(sent, { trusted: true, identity: {} });
        const warnings =
          receipt.accepted > 0 ? productWarnings(body, await deps.readTitles(productOf(body))) : [];
        return { body: { ...receipt, warnings } };
      },
    }),
  ];
}
