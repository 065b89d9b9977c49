// Messages on their way to the webhook: one after the other, tried again after growing pauses, a bounded number of them.
import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertMessage, AlertView, WebhookTest } from '../contract/alert.js';
import { type Delivery, sendToWebhook, type WebhookTarget } from './webhook.js';

export interface WebhookQueue {
  /**
   * Sends it once those before it are sent or given up. Calls `settled` then, but not for what `close` broke off.
   * False where too many are waiting: offer it again later.
   */
  offer(alert: AlertView, settled: () => void): boolean;
  /** Sends a message to try, now and once. */
  test(alert: AlertView): Promise<WebhookTest>;
  /** the latest message; null before the first */
  last(): ({ readonly at: string } & WebhookTest) | null;
  /** Gives up what is under way. */
  close(): Promise<void>;
}

const MAX_WAITING = 100;
/** Over three quarters of an hour in all. */
const PAUSES_MS: readonly number[] = [5_000, 30_000, 120_000, 600_000, 1_800_000];

export function createWebhookQueue(options: {
  readonly target: WebhookTarget;
  /** of Kindred */
  readonly version: string;
  readonly onGivenUp: (alert: AlertView, why: string) => void;
  readonly pausesMs?: readonly number[];
  readonly deadlineMs?: number;
  readonly now?: () => number;
}): WebhookQueue {
  const { target, version, onGivenUp, pausesMs = PAUSES_MS, deadlineMs, now = Date.now } = options;
  const closing = new AbortController();
  let waiting = 0;
  let last: ReturnType<WebhookQueue['last']> = null;
  let queue = Promise.resolve();

  async function send(type: AlertMessage['type'], alert: AlertView): Promise<Delivery> {
    const message = { type, sentAt: new Date(now()).toISOString(), kindred: version, alert };
    const delivery = await sendToWebhook(target, message, { deadlineMs, signal: closing.signal });
    last = { at: message.sentAt, delivered: delivery.delivered, message: delivery.message };
    return delivery;
  }

  async function sendUntilTaken(alert: AlertView): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      const { delivered, message, again } = await send('alert', alert);
      const pause = pausesMs[tries];
      if (delivered) return;
      closing.signal.throwIfAborted();
      if (!again || pause === undefined) return onGivenUp(alert, message);
      // A tenth more or less, so that several do not come at once.
      await sleep(pause * (0.9 + 0.2 * Math.random()), undefined, { signal: closing.signal, ref: false });
    }
  }

  return {
    offer(alert, settled) {
      if (waiting >= MAX_WAITING || closing.signal.aborted) return false;
      waiting += 1;
      queue = queue.then(async () => {
        try {
          closing.signal.throwIfAborted();
          await sendUntilTaken(alert);
          settled();
        } catch (error) {
          if (!closing.signal.aborted) throw error;
        } finally {
          waiting -= 1;
        }
      });
      return true;
    },
    async test(alert) {
      const { delivered, message } = await send('test', alert);
      return { delivered, message };
    },
    last: () => last,
    async close() {
      closing.abort();
      await queue;
    },
  };
}
