// Measures several ways of doing the same thing in turns, so that other load on the machine affects all of them alike.
import { type Times, timesOf } from '../report/statistics.js';

export interface Way<Name extends string = string> {
  readonly name: Name;
  /** absent: in every round; 10: in every tenth */
  readonly every?: number;
  /** one request, with its response read completely; false when it does not count */
  readonly send: (round: number) => Promise<boolean>;
}

export interface Turns {
  /** rounds that count */
  readonly rounds: number;
  /** before them, not counted */
  readonly warmUp: number;
  readonly onRound?: (done: number) => void;
}

export interface Measured<Name extends string> {
  readonly times: Readonly<Record<Name, Times | null>>;
  /** requests that did not count */
  readonly discarded: number;
}

/** One request at a time. */
export async function interleave<Name extends string>(
  ways: readonly Way<Name>[],
  { rounds, warmUp, onRound }: Turns,
): Promise<Measured<Name>> {
  const samples = new Map<Name, number[]>(ways.map(({ name }) => [name, []]));
  let discarded = 0;
  for (let round = -warmUp; round < rounds; round++) {
    for (const { name, every = 1, send } of ways) {
      if (round % every !== 0) continue;
      const begun = performance.now();
      const counts = await send(Math.abs(round));
      const took = performance.now() - begun;
      if (round < 0) continue;
      if (counts) samples.get(name)?.push(took);
      else discarded++;
    }
    onRound?.(warmUp + round + 1);
  }
  const times = Object.fromEntries([...samples].map(([name, taken]) => [name, timesOf(taken)]));
  return { times: times as Record<Name, Times | null>, discarded };
}

export interface ConcurrentSamples {
  /** milliseconds of each request that counts */
  readonly samples: readonly number[];
  readonly discarded: number;
  readonly seconds: number;
}

/** Clients at once, each of which sends its next request after the response to the last, for `ms` milliseconds. */
export async function measureConcurrently(
  send: (client: number) => Promise<boolean>,
  { clients, ms }: { readonly clients: number; readonly ms: number },
): Promise<ConcurrentSamples> {
  const samples: number[] = [];
  let discarded = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let now = performance.now(); now - begun < ms; now = performance.now()) {
        if (await send(client)) samples.push(performance.now() - now);
        else discarded++;
      }
    }),
  );
  return { samples, discarded, seconds: (performance.now() - begun) / 1000 };
}
