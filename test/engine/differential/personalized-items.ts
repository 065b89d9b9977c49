// One multi-search, plain and personalized: item by item, what holds for a search.
import { expect } from '@jest/globals';
import type { BoostPlan } from '../../../src/core/boost-plan/boost-plan.js';
import type { SearchAnswer } from './law.js';
import type { Item, MultiSearch } from './multi-searches.js';
import { expectLaw, leftAlone, outcomeOf, type Plans, parsed, planOf, saidOf } from './personalized.js';
import type { Asked } from './requests.js';
import { bodyDifference } from './sameness.js';
import { told, type Way } from './ways.js';
import type { World } from './world.js';

interface MultiAnswer extends SearchAnswer {
  readonly responses?: readonly (SearchAnswer & { readonly status?: number })[];
}

/**
 * As many items are personalized as would be alone; each keeps the law or is what it was.
 * @returns the outcome, for the table
 */
export async function checkMultiSearch(
  world: World,
  plans: Plans,
  asked: MultiSearch,
  way: Way,
): Promise<string> {
  const plain = await world.send('engine', asked);
  const personal = await world.send('on', told(asked, way));
  const outcome = outcomeOf(personal);
  if (outcome !== 'applied' || plain.status !== 200) return leftAlone(plain, personal, outcome);
  const [befores, afters] = [plain, personal].map((answer) => parsed<MultiAnswer>(answer)?.responses);
  expect(afters?.length).toBe(befores?.length);
  if (!befores || !afters || befores.length !== asked.items.length) return 'applied, unread';
  const plansOfItems = await Promise.all(asked.items.map((item) => planOfItem(world, plans, item, way)));
  const applied = plansOfItems.filter((plan) => plan !== null).length;
  const items = Number(/^applied; items=(\d+)\/\d+$/.exec(saidOf(personal))?.[1]);
  // Whether the engine took an item is in its answer, which is behind the header.
  const refused = befores.filter(({ status }) => status !== 200).length;
  expect(items).toBeGreaterThanOrEqual(applied);
  expect(items).toBeLessThanOrEqual(applied + refused);
  for (const [i, { search, beside }] of asked.items.entries()) {
    const [plan, one, other] = [plansOfItems[i], befores[i] ?? {}, afters[i] ?? {}];
    // An item that fails may fail in another phase; what is told then is the engine's own.
    if (one.status !== 200) expect(other.status).toBe(one.status);
    else if (!plan) expect(bodyDifference(JSON.stringify(one), JSON.stringify(other))).toBeNull();
    else
      await expectLaw(world, plan, {
        body: search.body ?? {},
        parameters: beside ?? {},
        before: one,
        after: other,
      });
  }
  return outcome;
}

/** What `_search` does with an item's body; null: it is left alone. */
async function planOfItem(
  world: World,
  plans: Plans,
  { search, beside, line }: Item,
  way: Way,
): Promise<BoostPlan | null> {
  if (beside === null) return null;
  const alone: Asked = {
    shape: search.shape,
    method: 'POST',
    path: '/@index@/_search',
    parameters: beside,
    headers: { 'content-type': 'application/json' },
    body: line,
    gzip: false,
  };
  const answer = await world.send('on', told(alone, way));
  return outcomeOf(answer) === 'applied' ? planOf(plans, answer) : null;
}
