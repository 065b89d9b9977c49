// One request, plain and personalized: what the proxy says it did, and whether the answer keeps the law.
import { expect } from '@jest/globals';
import type { BoostPlan } from '../../../src/core/boost-plan.js';
import { planMultiplier } from '../../../src/core/plan-multiplier.js';
import { allMatches } from './all-matches.js';
import { broken, type SearchAnswer } from './law.js';
import type { Item, MultiSearch } from './multi-searches.js';
import type { Asked } from './requests.js';
import { bodyDifference, difference } from './sameness.js';
import { PRODUCT_BY_ID } from './shop.js';
import { ACTIVE } from './shopper.js';
import type { JsonObject } from './spelling.js';
import { told, type Way } from './ways.js';
import type { Answer, World } from './world.js';

export type Plans = ReadonlyMap<string, BoostPlan>;

const saidOf = ({ headers }: Answer) => String(headers['x-personalization']);

/** `applied`, or the reason why not. */
function outcomeOf(answer: Answer): string {
  return /^skipped; reason=(.+)$/.exec(saidOf(answer))?.[1] ?? 'applied';
}

/** @returns the outcome, for the table */
export async function checkSearch(world: World, plans: Plans, asked: Asked, way: Way): Promise<string> {
  const plain = await world.send('engine', asked);
  const personal = await world.send('on', told(asked, way));
  const outcome = outcomeOf(personal);
  if (outcome !== 'applied' || plain.status !== 200) return leftAlone(plain, personal, outcome);
  expect({ status: personal.status, type: personal.headers['content-type'] }).toEqual({
    status: 200,
    type: plain.headers['content-type'],
  });
  const [before, after] = [parsed(plain), parsed(personal)];
  if (before === null || after === null) return 'applied, no JSON';
  const body = asked.search?.body ?? {};
  await expectLaw(world, planOf(plans, personal), {
    body,
    parameters: asked.parameters,
    before,
    after,
    shape: asked.shape,
  });
  return outcome;
}

/** @returns the outcome; an answer that is an error counts as such, whatever kept it from being personalized */
function leftAlone(plain: Answer, personal: Answer, outcome: string): string {
  expect(outcome).not.toBe('rewrite-rejected');
  expect(difference(plain, personal)).toBeNull();
  return plain.status === 200 ? outcome : 'an error';
}

interface Pair {
  readonly shape: string;
  readonly body: JsonObject;
  readonly parameters: Readonly<Record<string, string>>;
  readonly before: SearchAnswer;
  readonly after: SearchAnswer;
}

async function expectLaw(
  world: World,
  plan: BoostPlan,
  { shape, body, parameters, before, after }: Pair,
): Promise<void> {
  const every = await world.send('engine', allMatches(body, parameters));
  const all = every.status === 200 ? parsed(every) : null;
  const of = planMultiplier(plan, ACTIVE.multiValuedFields);
  const multiplier = (id: string) => {
    const product = PRODUCT_BY_ID.get(id);
    if (!product) throw new Error(`no product ${id}`);
    return of(product);
  };
  expect(broken({ body, parameters, plain: before, personal: after, all, multiplier })).toBeNull();
  const hits = all?.hits?.hits ?? [];
  // Affinities inside a category count only where every hit is of it.
  if (plan.category !== null)
    expect(hits.filter(({ _id = '' }) => PRODUCT_BY_ID.get(_id)?.category !== plan.category)).toEqual([]);
  if (shape === 'filter only' && hits.length > 0)
    expect(after.hits?.hits?.every(({ _score }) => _score !== 0)).toBe(true);
}

/** The key names the plan; a key that no plan of this shopper has is a mistake of its own. */
function planOf(plans: Plans, answer: Answer): BoostPlan {
  const key = String(answer.headers['x-kindred-cache-key']);
  const plan = plans.get(key);
  if (!plan) throw new Error(`no plan has the key ${key}; ${saidOf(answer)}`);
  expect(saidOf(answer)).toContain(`boosts=${plan.boosts.length}`);
  return plan;
}

function parsed(answer: Answer): SearchAnswer | null {
  try {
    const value: unknown = JSON.parse(answer.body.toString());
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

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
  const [before, after]: (MultiAnswer | null)[] = [parsed(plain), parsed(personal)];
  const [befores, afters] = [before?.responses, after?.responses];
  expect(afters?.length).toBe(befores?.length);
  if (befores === undefined || afters === undefined || befores.length !== asked.items.length)
    return 'applied, no items';
  const plansOfItems = await Promise.all(asked.items.map((item) => planOfItem(world, plans, item, way)));
  const applied = plansOfItems.filter((plan) => plan !== null).length;
  const items = Number(/^applied; items=(\d+)\/\d+$/.exec(saidOf(personal))?.[1]);
  // Whether the engine took an item is in its answer, which is behind the header.
  const refused = befores.filter(({ status }) => status !== 200).length;
  expect(items).toBeGreaterThanOrEqual(applied);
  expect(items).toBeLessThanOrEqual(applied + refused);
  for (const [i, { search, beside }] of asked.items.entries()) {
    const [plan, one, other] = [plansOfItems[i], befores[i] ?? {}, afters[i] ?? {}];
    if (!plan || one.status !== 200)
      expect(bodyDifference(JSON.stringify(one), JSON.stringify(other))).toBeNull();
    else
      await expectLaw(world, plan, {
        body: search.body ?? {},
        parameters: beside ?? {},
        before: one,
        after: other,
        shape: search.shape,
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
