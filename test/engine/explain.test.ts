// What Kindred says of a hit is what the engine says of its score.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BoostPlan } from '../../src/core/boost-plan/boost-plan.js';
import { withExplanation } from '../../src/search/answer/explain.js';
import type { ExplainedHit } from '../../src/search/answer/explained-hits.js';
import { engines } from '../helpers/engines.js';
import { type BoostedShop, createBoostedShop, type Hit, PLAN, SEVERAL } from './boosted-shop.js';

interface Explanation {
  readonly value: number;
  readonly description: string;
  readonly details: readonly Explanation[];
}

/** Equal factors on a field of several values: the engine counts one. A guard that holds. */
const TIES: BoostPlan = {
  ...PLAN,
  maxBoost: 2,
  boosts: [
    ...PLAN.boosts,
    { field: 'tags', value: 'blue', factor: 1.25, profile: 'session', categories: ['shoes'] },
    { field: 'tags', value: 'red', factor: 1.75, profile: 'session' },
  ],
};

const size = 90;
const query = { match: { title: 'fresh milk' } };
const filter = { term: { category: 'milk' } };
const ties = { sort: ['_score', { popularity: 'asc' }] };
const rescore = { window_size: 20, query: { rescore_query: { match: { title: 'oat' } } } };

/** The weights of all functions that took part, and what they came to, guard included. */
function parts(explanation: Explanation): { weights: number[]; product: number } {
  const { description, details, value } = explanation;
  // Where a guard bites, what it leaves counts.
  if (description === 'min of:' && details.some((part) => part.description === 'maxBoost'))
    return { weights: details.flatMap((part) => parts(part).weights), product: value };
  // Listed are all that match; the first one is the score.
  if (description.endsWith('[first]')) return parts(details[0]!);
  if (description === 'weight') return { weights: [value], product: 1 };
  const inner = details.map(parts);
  return {
    weights: inner.flatMap(({ weights }) => weights),
    product: inner.reduce((product, part) => product * part.product, 1),
  };
}

describe.each(engines())('$kind', ({ kind }) => {
  let shop: BoostedShop;

  beforeAll(async () => {
    shop = await createBoostedShop(kind);
  });
  afterAll(() => shop.close());

  async function explain(search: object, plan: BoostPlan) {
    const { body } = shop.rewritten({ size, ...search }, '', { plan });
    const answer = await shop.send({ ...body, explain: true });
    const plainOrder = (await shop.send({ size, ...search })).hits.hits.map(({ _id }) => _id);
    const text = withExplanation({
      response: Buffer.from(JSON.stringify(answer)),
      baseline: plainOrder,
      from: 0,
      plan,
      multiValuedFields: SEVERAL,
    }).toString();
    const { ext } = JSON.parse(text) as { ext: { kindred: { hits: ExplainedHit[] } } };
    const engineHits = answer.hits.hits as readonly (Hit & { _explanation: Explanation })[];
    return { explained: ext.kindred.hits, engineHits, plainOrder };
  }

  test.each<[string, object, BoostPlan]>([
    ['in a window', { query }, PLAN],
    ['around a query', { query, ...ties, track_scores: true }, PLAN],
    ['of a query that only filters', { query: { bool: { filter } } }, PLAN],
    ['before a rescore of the shop', { query, rescore }, PLAN],
    ['with equal factors and a guard that holds', { query }, TIES],
    ['with equal factors and a guard, around a query', { query, ...ties }, TIES],
  ])('the affinities of every hit are the functions of its score: %s', async (_what, search, plan) => {
    const { explained, engineHits, plainOrder } = await explain(search, plan);
    expect(explained).toHaveLength(engineHits.length);
    let moved = 0;
    for (const [at, { _id, rank, rank_without, boost, affinities }] of explained.entries()) {
      const hit = engineHits[at]!;
      expect([_id, rank, rank_without]).toEqual([hit._id, at + 1, plainOrder.indexOf(_id) + 1]);
      const { weights, product } = parts(hit._explanation);
      const factors = affinities.map(({ factor }) => factor).sort((a, b) => a - b);
      expect(factors).toHaveLength(weights.length);
      for (const [i, weight] of weights.sort((a, b) => a - b).entries())
        expect(factors[i]! / weight).toBeCloseTo(1, 5);
      expect(boost / product).toBeCloseTo(1, 5);
      if (boost !== 1) moved++;
    }
    expect(moved).toBeGreaterThan(20);
  });

  test('what is inside of a retriever is told by a filter behind, which hides no hit', async () => {
    if (kind === 'opensearch') return;
    const outside = await explain({ query, post_filter: filter }, PLAN);
    const inside = await explain(
      { retriever: { standard: { query, _name: 'list' } }, post_filter: filter },
      PLAN,
    );
    expect(inside.explained.map(({ rank_without: _, ...hit }) => hit)).toEqual(
      outside.explained.map(({ rank_without: _, ...hit }) => hit),
    );
    expect(inside.explained.length).toBeGreaterThan(20);
    const all = await explain({ retriever: { standard: { query, _name: 'list' } } }, PLAN);
    expect(all.explained).toHaveLength(90);
    expect(all.explained.map(({ boost }) => boost)).toEqual(
      (await explain({ query }, PLAN)).explained.map(({ boost }) => boost),
    );
  });
});
