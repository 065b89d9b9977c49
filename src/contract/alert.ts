// /api/alerts: what fires and what resolved lately, and the webhook that is told; the same alert is the webhook's body.
import { z } from 'zod';
import { ALERT_NAMES } from '../core/alert/alert-rules.js';
import { dateTime } from './shared-schemas.js';

const alertSchema = z.strictObject({
  id: z.string().describe('of one firing: the same when it resolves'),
  name: z.enum(ALERT_NAMES),
  subject: z
    .string()
    .nullable()
    .describe('the model or event type; null where the alert is of no single one'),
  severity: z.enum(['critical', 'warning']),
  state: z.enum(['firing', 'resolved']),
  summary: z.string().describe('one sentence, with the numbers of the latest bad check'),
  firedAt: dateTime,
  resolvedAt: dateTime.nullable(),
  page: z.string().describe('of the console, where it is looked into'),
});

export const alertListSchema = z.strictObject({
  checkedAt: dateTime.nullable().describe('null before the first check'),
  alerts: z.array(alertSchema).describe('firing ones first; resolved ones of the last seven days'),
  webhook: z
    .strictObject({
      host: z.string().describe('the address may hold a secret and is not told'),
      signed: z.boolean(),
      last: z
        .strictObject({ at: dateTime, delivered: z.boolean(), message: z.string() })
        .nullable()
        .describe('the latest message of this process; null before the first'),
    })
    .nullable()
    .describe('null: no webhook is set'),
});

export const webhookTestSchema = z.strictObject({
  delivered: z.boolean(),
  message: z.string().describe('what the webhook answered, or why it could not be reached'),
});

/** What the webhook is sent. */
export const alertMessageSchema = z.strictObject({
  type: z.enum(['alert', 'test']),
  sentAt: dateTime,
  kindred: z.string().describe('its version'),
  alert: alertSchema,
});

export type AlertView = z.infer<typeof alertSchema>;
export type AlertList = z.infer<typeof alertListSchema>;
export type AlertMessage = z.infer<typeof alertMessageSchema>;
export type WebhookTest = z.infer<typeof webhookTestSchema>;
