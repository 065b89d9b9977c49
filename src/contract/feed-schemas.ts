// What the API tells of events as they arrive.
import { z } from 'zod';

const findings = z.array(z.strictObject({ path: z.string(), message: z.string() }));
const fed = { seq: z.int(), at: z.iso.datetime() };
const perMinute = z.array(z.int()).length(60).describe('of the last hour, the running minute last');

export const feedSchema = z.strictObject({
  seq: z.int().describe('to ask with next, as `after`'),
  events: z.array(
    z.discriminatedUnion('accepted', [
      z.strictObject({ ...fed, accepted: z.literal(true), event: z.looseObject({}) }),
      z.strictObject({
        ...fed,
        accepted: z.literal(false),
        errors: findings,
        event: z.unknown().describe('as it was sent, long parts cut; null when nothing could be read'),
      }),
    ]),
  ),
  rates: z.array(z.strictObject({ action: z.string(), perMinute, rejected: perMinute })),
});

/** Checked by the intake, whose findings are in the receipt. */
export const testEventSchema = z.looseObject({}).describe('one UBI event');

export const receiptSchema = z.strictObject({
  accepted: z.int(),
  rejected: z.array(z.strictObject({ index: z.int(), errors: findings })),
});
