// `kindred bench --only training`: affinities of a simulated log, in a process of its own, whose memory is measured.
import { join } from 'node:path';
import { z } from 'zod';
import { PROGRAM, runChild } from '../processes/child-process.js';

const EVENTS_PER_USER = 50;
const EVENTS_PER_PRODUCT = 100;

export const trainingSchema = z.object({
  events: z.number(),
  people: z.number(),
  /** from opening the files to the affinities of all users */
  seconds: z.number(),
  /** largest resident memory of the process until then */
  peak_mib: z.number(),
  /** into the engine of the run; null without one */
  published: z.object({ documents: z.number(), seconds: z.number(), per_s: z.number() }).nullable(),
});

export type TrainingResult = z.infer<typeof trainingSchema>;

export interface TrainingPartOptions {
  readonly events: number;
  /** for the log and what training spills to disk; removed after the run */
  readonly folder: string;
  /** where to publish */
  readonly engineUrl: string | null;
  readonly signal: AbortSignal;
}

export async function trainingPart({
  events,
  folder,
  engineUrl,
  signal,
}: TrainingPartOptions): Promise<TrainingResult> {
  const dataset = join(folder, 'simulated');
  const sizes = {
    users: Math.ceil(events / EVENTS_PER_USER),
    products: Math.ceil(events / EVENTS_PER_PRODUCT),
    events,
  };
  const args = Object.entries(sizes).map(([name, value]) => `--${name}=${value}`);
  await runChild({ script: PROGRAM, args: ['simulate', ...args, `--out=${dataset}`], signal });
  const script = new URL('./training-process.js', import.meta.url);
  const processArgs = [dataset, join(folder, 'spill'), ...(engineUrl === null ? [] : [engineUrl])];
  return trainingSchema.parse(JSON.parse(await runChild({ script, args: processArgs, signal })));
}
