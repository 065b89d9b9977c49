// A load of our own: so many connections, at a fixed rate or as fast as answers come, every answer looked at.

import { Pool } from 'undici';
import { z } from 'zod';
import { runChild } from '../processes/child.js';

export const loadSchema = z.object({
  /** of the server */
  url: z.string(),
  /** path and query */
  target: z.string(),
  body: z.string(),
  headers: z.record(z.string(), z.string()),
  /** user ids, one after the other */
  people: z.array(z.string()).min(1),
  connections: z.number(),
  /** how many requests in all */
  requests: z.number(),
  /** the first so many of them do not count: this process has to get going too */
  warm_up: z.number(),
  /** requests a second in all; null: every connection asks again when it is answered */
  rate: z.number().nullable(),
});

export type Load = z.infer<typeof loadSchema>;

const resultSchema = z.object({
  /** milliseconds, one an answer */
  samples: z.array(z.number()),
  seconds: z.number(),
  /** answers other than 200, and requests without an answer */
  failed: z.number(),
});

export type LoadResult = z.infer<typeof resultSchema>;

/** In a process of its own, on its core. */
export async function runLoad(
  load: Load,
  { core, signal }: { core: number | undefined; signal: AbortSignal },
): Promise<LoadResult> {
  const script = new URL('./load-process.js', import.meta.url);
  const printed = await runChild({ script, args: [JSON.stringify(load)], core, signal });
  return resultSchema.parse(JSON.parse(printed));
}

/**
 * At a fixed rate each connection has a timetable. A request counts from when it was sent; one that had to wait for
 * the answer before it counts from when it was due, so that a stall is felt by all who would have met it.
 */
export async function generateLoad(load: Load): Promise<LoadResult> {
  const { url, target, body, headers, people, connections, requests, warm_up, rate } = load;
  const pool = new Pool(url, { connections });
  const samples: number[] = [];
  let failed = 0;
  const interval = rate === null ? null : (1000 * connections) / rate;

  async function send(person: string): Promise<void> {
    try {
      const answer = await pool.request({
        method: 'POST',
        path: target,
        headers: { ...headers, 'x-user-id': person },
        body,
      });
      await answer.body.arrayBuffer();
      if (answer.statusCode !== 200) failed++;
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
      await send(people[sent % people.length] ?? '');
      if (sent >= warm_up) samples.push(Math.round(1000 * (performance.now() - begun)) / 1000);
    }
  }

  const begun = performance.now();
  await Promise.all(Array.from({ length: connections }, (_, number) => connection(number)));
  const seconds = (performance.now() - begun) / 1000;
  await pool.close();
  return { samples, seconds, failed };
}
