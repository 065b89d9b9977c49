// `kindred bench --only training`: affinities of a made-up log, in a process whose memory is nobody else's.
import { join } from 'node:path';
import { z } from 'zod';
import { PROGRAM, runChild } from '../processes/child.js';

const EVENTS_A_PERSON = 50;
const EVENTS_A_PRODUCT = 100;

export const trainingSchema = z.object({
  events: z.number(),
  people: z.number(),
  /** from opening the files to the affinities of everybody */
  seconds: z.number(),
  /** most memory that the process held until then */
  peak_mib: z.number(),
  /** into the engine of the run; null without one */
  published: z.object({ documents: z.number(), seconds: z.number(), per_s: z.number() }).nullable(),
});

export type TrainingResult = z.infer<typeof trainingSchema>;

export interface TrainingPartOptions {
  readonly events: number;
  /** for the log and what training spills; everything in it goes with the run */
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
    users: Math.ceil(events / EVENTS_A_PERSON),
    products: Math.ceil(events / EVENTS_A_PRODUCT),
    events,
  };
  const args = Object.entries(sizes).map(([name, value]) => `--${name}=${value}`);
  await runChild({ script: PROGRAM, args: ['simulate', ...args, `--out=${dataset}`], signal });
  const script = new URL('./training-process.js', import.meta.url);
  const given = [dataset, join(folder, 'spill'), ...(engineUrl === null ? [] : [engineUrl])];
  return trainingSchema.parse(JSON.parse(await runChild({ script, args: given, signal })));
}
