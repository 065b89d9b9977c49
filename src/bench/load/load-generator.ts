// The built-in load generator: many connections, at a fixed rate or as fast as responses come, every response checked.
import { Pool } from 'undici';
import { z } from 'zod';
import { runChild } from '../processes/child-process.js';

export const loadSchema = z.object({
  /** of the server */
  url: z.string(),
  /** path and query */
  target: z.string(),
  body: z.string(),
  headers: z.record(z.string(), z.string()),
  /** sent one after the other */
  user_ids: z.array(z.string()).min(1),
  connections: z.number(),
  /** in all */
  requests: z.number(),
  /** the first of them, which do not count: this process has to warm up too */
  warm_up: z.number(),
  /** requests a second in all; null: every connection sends its next request after a response */
  rate: z.number().nullable(),
});

export type Load = z.infer<typeof loadSchema>;

const resultSchema = z.object({
  /** milliseconds of each request */
  samples: z.array(z.number()),
  seconds: z.number(),
  /** responses other than 200, and requests without a response */
  failed: z.number(),
});

export type LoadResult = z.infer<typeof resultSchema>;

/** Runs the load in a process of its own, on the given core. */
export async function runLoad(
  load: Load,
  { core, signal }: { core: number | undefined; signal: AbortSignal },
): Promise<LoadResult> {
  const script = new URL('./load-process.js', import.meta.url);
  const printed = await runChild({ script, args: [JSON.stringify(load)], core, signal });
  return resultSchema.parse(JSON.parse(printed));
}

/**
 * At a fixed rate each connection has a timetable. The time of a request starts when it is sent; when it had to wait for
 * the response before it, it starts when the request was due, so that a stall shows in all requests it would have hit.
 */
export async function generateLoad(load: Load): Promise<LoadResult> {
  const { url, target, body, headers, user_ids, connections, requests, warm_up, rate } = load;
  const pool = new Pool(url, { connections });
  const samples: number[] = [];
  let failed = 0;
  const interval = rate === null ? null : (1000 * connections) / rate;

  async function send(userId: string): Promise<void> {
    try {
      const response = await pool.request({
        method: 'POST',
        path: target,
        headers: { ...headers, 'x-user-id': userId },
        body,
      });
      await response.body.arrayBuffer();
      if (response.statusCode !== 200) failed++;
    } catch {
      failed++;
    }
  }

  async function connection(number: number): Promise<void> {
    const first = performance.now() + ((interval ?? 0) * number) / connections;
    for (let sent = number; sent < requests; sent += connections) {
      let begun = performance.now();
      if (interval !== null) {
        const due = first + (interval * (sent - number)) / connections;
        const early = due - begun;
        begun = due;
        if (early > 0) {
          await new Promise((resolve) => setTimeout(resolve, early));
          begun = performance.now();
        }
      }
      await send(user_ids[sent % user_ids.length] ?? '');
      if (sent >= warm_up) samples.push(Math.round(1000 * (performance.now() - begun)) / 1000);
    }
  }

  const begun = performance.now();
  await Promise.all(Array.from({ length: connections }, (_, number) => connection(number)));
  const seconds = (performance.now() - begun) / 1000;
  await pool.close();
  return { samples, seconds, failed };
}
