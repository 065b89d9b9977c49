// One search, plain and personalized: what the proxy says it did, and whether the answer keeps the law.
import { expect } from '@jest/globals';
import { boostMultiplier } from '../../../src/core/boost-plan/boost-multiplier.js';
import type { BoostPlan } from '../../../src/core/boost-plan/boost-plan.js';
import { namedFactor } from '../../../src/core/boost-plan/multiplier-bounds.js';
import { isInScope } from '../../../src/core/product.js';
import { searchTexts } from '../../../src/query/facts/search-texts.js';
import { everyMatch } from './all-matches.js';
import { broken, type SearchAnswer } from './law.js';
import type { Asked } from './requests.js';
import { difference } from './sameness.js';
import { closeScroll, nextPage } from './scrolling.js';
import { PRODUCT_BY_ID } from './shop.js';
import { ACTIVE } from './shopper.js';
import type { JsonObject } from './spelling.js';
import { told, type Way } from './ways.js';
import type { Answer, World } from './world.js';

/** By `X-Kindred-Cache-Key`. */
export type Plans = ReadonlyMap<string, BoostPlan>;

export const saidOf = ({ headers }: Answer) => String(headers['x-personalization']);

/** `applied`, or the reason why not. */
export function outcomeOf(answer: Answer): string {
  return /^skipped; reason=(.+)$/.exec(saidOf(answer))?.[1] ?? 'applied';
}

/** @returns the outcome, for the table */
export async function checkSearch(world: World, plans: Plans, asked: Asked, way: Way): Promise<string> {
  const plain = await world.send('engine', asked);
  const personal = await world.send('on', told(asked, way));
  try {
    const outcome = outcomeOf(personal);
    if (outcome !== 'applied' || plain.status !== 200) return leftAlone(plain, personal, outcome);
    return (await checkPages(world, planOf(plans, personal), asked, [plain, personal]))
      ? outcome
      : 'applied, unread';
  } finally {
    if ('scroll' in asked.parameters)
      await Promise.all([plain, personal].map((page) => closeScroll(world, page)));
  }
}

/** @returns the outcome; an answer that is an error counts as such, whatever kept it from being personalized */
export function leftAlone(plain: Answer, personal: Answer, outcome: string): string {
  expect(outcome).not.toBe('rewrite-rejected');
  expect(difference(plain, personal)).toBeNull();
  return plain.status === 200 ? outcome : 'an error';
}

/** @returns false where the answer is no JSON, and so none to judge */
async function checkPages(
  world: World,
  plan: BoostPlan,
  { search, parameters }: Asked,
  [plain, personal]: readonly [Answer, Answer],
): Promise<boolean> {
  const body = search?.body ?? {};
  const size = Number(parameters.size ?? body.size ?? 10);
  let pages: [Answer | null, Answer | null] = [plain, personal];
  for (let page = 0; page < 3; page++) {
    const [one, other] = pages;
    if (one === null || other === null) return true;
    expect([other.status, other.headers['content-type']]).toEqual([one.status, one.headers['content-type']]);
    // Elasticsearch refuses the second page of a scroll over nothing at all (503).
    if (one.status !== 200) return true;
    const [before, after] = [parsed(one), parsed(other)];
    if (before === null || after === null) return false;
    const at = page === 0 ? parameters : { ...parameters, from: String(page * size) };
    await expectLaw(world, plan, { body, parameters: at, before, after });
    pages = await Promise.all([nextPage(world, 'engine', one), nextPage(world, 'on', other)]);
  }
  return true;
}

interface Pair {
  readonly body: JsonObject;
  readonly parameters: Readonly<Record<string, string>>;
  readonly before: SearchAnswer;
  readonly after: SearchAnswer;
}

export async function expectLaw(world: World, plan: BoostPlan, pair: Pair): Promise<void> {
  const { body, parameters, before, after } = pair;
  const all = await everyMatch(world, body, parameters);
  const of = boostMultiplier(plan, ACTIVE.multiValuedFields);
  const texts = searchTexts([parameters.q ?? body.query, body.retriever]);
  const named = namedFactor(plan) ** 2;
  // No title here is what can be asked for: a product is named by its id alone.
  const multiplier = (id: string) => of(productOf(id)) * (texts.includes(id) ? named : 1);
  const valueIn = (id: string, field: string) => {
    const { categories, values } = productOf(id);
    return field === 'category' ? categories[0] : values.get(field)?.[0];
  };
  expect(broken({ body, parameters, plain: before, personal: after, all, multiplier, valueIn })).toBeNull();
  // Affinities inside a category count only where every hit is of it.
  if (plan.category !== null)
    expect(all?.filter(({ _id = '' }) => !isInScope(productOf(_id), plan.category)) ?? []).toEqual([]);
  // Nothing times anything moves nothing.
  if (!('rescore' in body)) expect((after.hits?.hits ?? []).filter(({ _score }) => _score === 0)).toEqual([]);
}

function productOf(id: string) {
  const product = PRODUCT_BY_ID.get(id);
  if (!product) throw new Error(`no product ${id}`);
  return product;
}

/** The key names the plan; a key that no plan of this shopper has is a mistake of its own. */
export function planOf(plans: Plans, answer: Answer): BoostPlan {
  const key = String(answer.headers['x-kindred-cache-key']);
  const plan = plans.get(key);
  if (!plan) throw new Error(`no plan has the key ${key}; ${saidOf(answer)}`);
  expect(saidOf(answer)).toContain(`boosts=${plan.boosts.length}`);
  return plan;
}

export function parsed<T extends SearchAnswer>(answer: Answer): T | null {
  try {
    const value: unknown = JSON.parse(answer.body.toString());
    return typeof value === 'object' && value !== null ? (value as T) : null;
  } catch {
    return null;
  }
}
