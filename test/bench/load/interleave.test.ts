// Measuring in turns: who goes when, what is warm-up, what does not count.
import { expect, test } from '@jest/globals';
import { interleave, measureConcurrently } from '../../../src/bench/load/interleave.js';

test('ways take turns, after a warm-up that is not counted; a rare one in each nth round', async () => {
  const asked: string[] = [];
  const way = (name: string, every?: number) => ({
    name,
    ...(every && { every }),
    send: async (round: number) => {
      asked.push(`${name}${round}`);
      return true;
    },
  });
  const rounds: number[] = [];
  const { times, discarded } = await interleave([way('a'), way('b', 2)], {
    rounds: 3,
    warmUp: 1,
    onRound: (done) => rounds.push(done),
  });
  expect(asked).toEqual(['a1', 'a0', 'b0', 'a1', 'a2', 'b2']);
  expect(times).toMatchObject({ a: { count: 3 }, b: { count: 2 } });
  expect({ discarded, rounds }).toEqual({ discarded: 0, rounds: [1, 2, 3, 4] });
});

test('an answer that does not count is counted apart; a way without any that does has no times', async () => {
  const send = async (round: number) => round > 0;
  const never = async () => false;
  const ways = [
    { name: 'some', send },
    { name: 'none', send: never },
  ];
  const { times, discarded } = await interleave(ways, { rounds: 3, warmUp: 0 });
  expect(times).toMatchObject({ some: { count: 2 }, none: null });
  expect(discarded).toBe(4);
});

test('a measureConcurrently has so many requests under way at once, each client one', async () => {
  let [now, most] = [0, 0];
  const send = async (client: number) => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 5));
    now--;
    return client !== 0;
  };
  const { samples, discarded, seconds } = await measureConcurrently(send, { clients: 7, ms: 50 });
  expect(most).toBe(7);
  expect(samples.length).toBeGreaterThanOrEqual(6);
  expect(discarded).toBeGreaterThanOrEqual(1);
  expect(seconds).toBeGreaterThanOrEqual(0.05);
});
