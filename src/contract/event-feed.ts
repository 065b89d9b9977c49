// /api/events/feed, /example and /test: events as they arrive, a product to try one with, and the receipt of one that is tried.
import { z } from 'zod';
import { dateTime, findingSchema, type ReadonlyDeep } from './shared-schemas.js';

const fed = { seq: z.int(), at: dateTime };
const perMinute = z.array(z.int()).length(60).describe('of the last hour, the running minute last');

const feedEventSchema = z.discriminatedUnion('accepted', [
  z.strictObject({
    ...fed,
    accepted: z.literal(true),
    event: z.looseObject({}),
    title: z.string().optional().describe('of the product that it names'),
    warnings: z.array(findingSchema).optional().describe('it is stored, but may not do what was meant'),
  }),
  z.strictObject({
    ...fed,
    accepted: z.literal(false),
    errors: z.array(findingSchema),
    event: z.unknown().describe('as it was sent, long parts cut; null when nothing could be read'),
  }),
]);

const eventRateSchema = z.strictObject({ action: z.string(), perMinute, rejected: perMinute });

export const feedQuery = z.object({
  after: z.coerce.number().int().min(0).default(0).describe('`seq` of the answer before'),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
});

export const feedSchema = z.strictObject({
  seq: z.int().describe('to ask with next, as `after`'),
  events: z.array(feedEventSchema),
  rates: z.array(eventRateSchema),
});

export const exampleQuery = z.object({ catalog: z.string().optional() });

export const exampleSchema = z.strictObject({
  product: z
    .strictObject({ object_id: z.string(), title: z.string() })
    .nullable()
    .describe('the latest that an event names and the catalog has, else any; null: it has none'),
});

/** Checked by the intake, whose findings are in the receipt. */
export const testEventSchema = z.looseObject({}).describe('one UBI event');

export const receiptSchema = z.strictObject({
  accepted: z.int(),
  rejected: z.array(z.strictObject({ index: z.int(), errors: z.array(findingSchema) })),
});

export const testReceiptSchema = z.strictObject({
  ...receiptSchema.shape,
  warnings: z.array(findingSchema).describe('it is stored, but may not do what was meant'),
});

export type FeedEvent = ReadonlyDeep<z.infer<typeof feedEventSchema>>;
/** Counts are per minute, the running one last. */
export type EventRate = ReadonlyDeep<z.infer<typeof eventRateSchema>>;
export type Feed = ReadonlyDeep<z.infer<typeof feedSchema>>;
export type ExampleEvent = ReadonlyDeep<z.infer<typeof exampleSchema>>;
export type EventReceipt = ReadonlyDeep<z.infer<typeof receiptSchema>>;
export type TestReceipt = ReadonlyDeep<z.infer<typeof testReceiptSchema>>;
