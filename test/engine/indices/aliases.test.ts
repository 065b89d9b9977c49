// Moving an alias beside others who delete their indices: an answer that only a race brings about is forced here.
import { expect, test } from '@jest/globals';
import { createAliases } from '../../../src/engine/indices/aliases.js';

const gone = (index: string) => ({
  status: 404,
  body: { error: { type: 'index_not_found_exception', reason: `no such index [${index}]` } },
});

/** An engine that answers so, one after the other, and then agrees. */
function engine(answers: readonly { status: number; body: unknown }[]) {
  const left = [...answers];
  let asked = 0;
  const aliases = createAliases(async () => {
    asked += 1;
    return left.shift() ?? { status: 200, body: { acknowledged: true } };
  });
  return { swap: () => aliases.swapAlias('profiles', 'profiles-7'), asked: () => asked };
}

test('an index of another model that is deleted meanwhile does not keep the alias from moving', async () => {
  const { swap, asked } = engine([gone('others-1'), gone('others-2')]);
  await swap();
  expect(asked()).toBe(3);
});

test('the index it is to point at must be there', async () => {
  const { swap, asked } = engine([gone('profiles-7')]);
  await expect(swap()).rejects.toMatchObject({ code: 'index-not-found' });
  expect(asked()).toBe(1);
});

test('it is not tried for ever', async () => {
  const { swap, asked } = engine(Array.from({ length: 9 }, () => gone('others-1')));
  const start = performance.now();
  await expect(swap()).rejects.toMatchObject({ code: 'index-not-found' });
  expect(asked()).toBe(7);
  // But for seconds: a busy cluster still lists an index for a while after its deletion began.
  expect(performance.now() - start).toBeGreaterThan(3000);
});
