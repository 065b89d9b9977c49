// `kindred bench --only intake`: events a second that the proxy acknowledges, all of which the engine has stored.
import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { z } from 'zod';
import { KindredError } from '../core/errors.js';
import { EVENTS_INDEX } from '../core/event/ubi-event.js';
import type { EngineClient } from '../engine/client/client.js';
import { createProgress } from '../terminal/progress.js';
import type { RunningProxy } from './processes/kindred-serve.js';
import { scaled } from './report/statistics.js';

const SENDERS = 8;
const BATCH = 100;
const WARM_UP_MS = 3_000;
const MEASURED_MS = 10_000;

const receiptSchema = z.object({ accepted: z.number() });

export interface IntakeResult {
  readonly events: number;
  readonly seconds: number;
  readonly per_s: number;
}

/**
 * @param options.effort share of the usual seconds
 * @throws KindredError `bench-intake` when an event was not accepted, or accepted and not stored
 */
export async function intakePart(
  engine: EngineClient,
  proxy: RunningProxy,
  { products, effort }: { readonly products: number; readonly effort: number },
): Promise<IntakeResult> {
  const pool = new Pool(proxy.url, { connections: SENDERS });
  const run = randomUUID();
  let accepted = 0;

  async function send(): Promise<void> {
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/_kindred/events',
      headers: { 'content-type': 'application/json', 'x-kindred-key': proxy.serverKey },
      body: JSON.stringify(Array.from({ length: BATCH }, () => event(run, products))),
    });
    const text = await body.text();
    const receipt = statusCode === 202 ? receiptSchema.parse(JSON.parse(text)) : null;
    if (receipt?.accepted !== BATCH)
      throw new KindredError('bench-intake', `events were answered ${statusCode}: ${text.slice(0, 300)}`);
    accepted += BATCH;
  }

  async function keepSending(ms: number): Promise<{ events: number; seconds: number }> {
    const [begun, before] = [performance.now(), accepted];
    const sender = async () => {
      while (performance.now() - begun < ms) await send();
    };
    await Promise.all(Array.from({ length: SENDERS }, sender));
    return { events: accepted - before, seconds: (performance.now() - begun) / 1000 };
  }

  const progress = createProgress('intake');
  const timer = setInterval(() => progress.update(accepted, `${accepted} events`), 500);
  try {
    await keepSending(scaled(effort, WARM_UP_MS));
    const { events, seconds } = await keepSending(scaled(effort, MEASURED_MS));
    await engine.refresh(EVENTS_INDEX);
    const stored = await engine.count(EVENTS_INDEX, { term: { client_id: run } });
    if (stored !== accepted)
      throw new KindredError('bench-intake', `${accepted} events were acknowledged and ${stored} are stored`);
    return { events, seconds, per_s: Math.round(events / seconds) };
  } finally {
    clearInterval(timer);
    progress.stop();
    await pool.close();
  }
}

/** No two are alike. */
function event(run: string, products: number): object {
  return {
    event_id: randomUUID(),
    action_name: 'view',
    timestamp: new Date().toISOString(),
    client_id: run,
    session_id: `session-${Math.floor(Math.random() * 1_000)}`,
    event_attributes: { object: { object_id: `p${Math.floor(Math.random() * products)}` } },
  };
}
