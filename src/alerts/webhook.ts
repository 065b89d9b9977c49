// One message to the webhook: signed, within a deadline, without following redirects or reading what it answers.
import { createHmac } from 'node:crypto';
import type { AlertMessage, WebhookTest } from '../contract/alert.js';
import { failureReason } from '../engine/client/engine-unreachable.js';

export interface WebhookTarget {
  /** may hold a secret: never logged or answered */
  readonly url: string;
  readonly secret: string | null;
}

export interface Delivery extends WebhookTest {
  /** a later try may do better */
  readonly again: boolean;
}

/** Names and addresses of this machine, as a URL has them. */
export const LOOPBACK =
  /^(localhost|.*\.localhost|127\.[\d.]+|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[\da-f:]*\])\.?$/;

const DEADLINE_MS = 5_000;
/** Timeouts, conflicts with other requests and too many of them pass; other refusals do not. */
const PASSING: readonly number[] = [408, 409, 425, 429];

/** Never rejects. @param signal ends it early */
export async function sendToWebhook(
  { url, secret }: WebhookTarget,
  message: AlertMessage,
  { deadlineMs = DEADLINE_MS, signal }: { deadlineMs?: number; signal?: AbortSignal } = {},
): Promise<Delivery> {
  const body = JSON.stringify(message);
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json', ...signatureHeaders(secret, message.sentAt, body) },
      body,
      signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
    });
    // The status says all; the rest, however long, is not read.
    await answer.body?.cancel().catch(() => undefined);
    return ofStatus(answer.status);
  } catch (error) {
    if (deadline.aborted) return failed(`no answer within ${deadlineMs / 1000} s`);
    return failed(failureReason(error));
  }
}

/** SHA-256 HMAC, in hex, of the time, a dot and the body: a receiver can refuse old messages and those of others. */
export function signatureHeaders(
  secret: string | null,
  sentAt: string,
  body: string,
): Record<string, string> {
  if (secret === null) return {};
  const digest = createHmac('sha256', secret).update(`${sentAt}.${body}`).digest('hex');
  return { 'x-kindred-timestamp': sentAt, 'x-kindred-signature': `sha256=${digest}` };
}

function ofStatus(status: number): Delivery {
  if (status >= 200 && status < 300) return { delivered: true, message: `answered ${status}`, again: false };
  if (status >= 300 && status < 400)
    return { delivered: false, message: `answered ${status}: redirects are not followed`, again: false };
  return {
    delivered: false,
    message: `answered ${status}`,
    again: status >= 500 || PASSING.includes(status),
  };
}

function failed(message: string): Delivery {
  return { delivered: false, message, again: true };
}
