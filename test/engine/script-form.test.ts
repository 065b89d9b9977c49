// The stored script says the same as the functions do, on any plan. The embedded Elasticsearch has no Painless; the
// full image has, and test/containers runs the script there.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Boost, type BoostPlan, ID_FIELD } from '../../src/core/boost-plan/boost-plan.js';
import { storeBoostScript } from '../../src/engine/capabilities/stored-script.js';
import type { EngineRequest } from '../../src/engine/client/client.js';
import { readBoostFields } from '../../src/models/serving/boost-fields.js';
import type { BoostScript } from '../../src/query/boosts/boost-script.js';
import { engines } from '../helpers/engines.js';
import { type BoostedShop, createBoostedShop, multiplier, PLAN, PRODUCTS } from './boosted-shop.js';

const size = 90;
const query = { match: { title: 'fresh milk' } };
const profile = 'individual';

const factor = fc.oneof(
  fc.double({ min: 0.2, max: 5, noNaN: true }),
  fc.constantFrom(1, 2, 30, 1e-6, 1e6, Number.NaN, 0, 2e6),
);
const scope = fc.constantFrom(undefined, ['shoes', 'shirts'], ['milk'], ['nothing of this kind']);
const text = (field: string, ...values: string[]) =>
  fc.constantFrom(...values).map((value) => ({ field, value }));
const end = fc.constantFrom(-3, 0, 0.07, 2.5, 9.99, 10, 10.1, 19.99, 20, 1e6, 1e300);
const band = fc
  .tuple(fc.constantFrom('price', 'weights', 'popularity', 'unmapped'), fc.option(end), fc.option(end))
  .map(([field, gte, lt]) => ({
    field,
    value: `${gte ?? ''}..${lt ?? ''}`,
    range: { ...(gte !== null && { gte }), ...(lt !== null && { lt }) },
  }))
  // What no field of its type can hold is refused, in a filter.
  .filter(({ field, range }) => field === 'unmapped' || !Object.values(range).includes(1e300));
const target = fc.oneof(
  text('brand', 'acme', 'b"ra\\nd', 'zoë', 'none'),
  text('tags', 'red', 'blue', 'green'),
  text('category', 'milk', 'shoes'),
  text('unmapped', 'x'),
  text(ID_FIELD, '0', '3', '17', '41', '__proto__'),
  band,
);
const boost: fc.Arbitrary<Boost> = fc
  .tuple(target, factor, scope)
  .map(([what, by, categories]) => ({ ...what, factor: by, profile, ...(categories && { categories }) }));
/** As plans are: one boost for a value of a list, but for products, which two lists may name. */
const plan: fc.Arbitrary<BoostPlan> = fc
  .tuple(
    fc.uniqueArray(boost, {
      maxLength: 25,
      selector: ({ field, value, categories, factor: by }) =>
        JSON.stringify([field, value, categories, field === ID_FIELD ? by : 0]),
    }),
    fc.constantFrom([], ['shoes', 'shirts']),
    fc.constantFrom(null, 'milk'),
    fc.constantFrom(1.5, 30, 1e9),
  )
  .map(([boosts, overridden, category, maxBoost]) => ({
    boosts,
    overridden,
    category,
    maxBoost,
    profiles: [profile],
  }));

describe.each(engines().filter(({ kind }) => kind === 'opensearch'))('$kind', ({ kind }) => {
  let shop: BoostedShop;
  let script: BoostScript;

  beforeAll(async () => {
    shop = await createBoostedShop(kind);
    const { id } = await storeBoostScript(shop.engine, [shop.index]);
    script = { id: id!, fields: (await readBoostFields(shop.engine, shop.index)).script, idField: 'id' };
  });
  afterAll(() => shop.close());

  const scores = async (body: object) =>
    new Map((await shop.send(body)).hits.hits.map(({ _id, _score }) => [_id, _score]));

  test('of a plan with everything in it', async () => {
    const { body } = shop.rewritten({ query, size }, '', { names: false, script });
    expect(JSON.stringify(body)).toContain('"script_score"');
    expect(JSON.stringify(body)).not.toContain('"functions"');
    const [plain, personal] = [await scores({ query, size }), await scores(body)];
    for (const product of PRODUCTS) {
      const { factor: by } = multiplier(product);
      expect(personal.get(product.id)! / plain.get(product.id)! / by).toBeCloseTo(1, 5);
    }
  });

  /** Both forms, hit by hit. */
  async function same(boosts: BoostPlan, using = script) {
    const options = { names: false, plan: boosts };
    const functions = await scores(shop.rewritten({ query, size }, '', options).body);
    const scripted = await scores(shop.rewritten({ query, size }, '', { ...options, script: using }).body);
    expect([...scripted.keys()].sort()).toEqual([...functions.keys()].sort());
    for (const [id, score] of functions) {
      expect(Number.isFinite(scripted.get(id)) && scripted.get(id)! >= 0).toBe(true);
      expect(Math.abs(scripted.get(id)! - score)).toBeLessThanOrEqual(1e-5 * score);
    }
  }

  test('of any plan', async () => {
    await fc.assert(
      fc.asyncProperty(plan, (boosts) => same(boosts)),
      { numRuns: 150 },
    );
  });

  test('what the script cannot read stays with functions', async () => {
    const without = (...paths: string[]) => ({
      ...script,
      fields: new Map([...script.fields].filter(([path]) => !paths.includes(path))),
    });
    for (const [paths, left] of [
      [['id'], ['"_id"']],
      [
        ['price', 'tags'],
        ['"price"', '"tags"'],
      ],
      [['category'], ['"brand"', '"price"', '"tags"', '"weights"', '"_id"']],
    ] as const) {
      const using = without(...paths);
      const options = { names: false, script: using };
      const { query: ours } = (
        shop.rewritten({ query, size }, '', options).body as { rescore: { query: { rescore_query: object } } }
      ).rescore;
      const filtered = JSON.stringify(ours)
        .match(/"(term|range)":\{"(\w+)"/g)
        ?.map((hit) => hit.split(':{')[1]);
      expect([...new Set(filtered)].sort()).toEqual([...left].sort());
      await same(PLAN, using);
    }
  });

  test('explain, in functions, has the order of the script', async () => {
    const order = async (options: object) =>
      (await shop.send(shop.rewritten({ query, size }, '', options).body)).hits.hits.map(({ _id }) => _id);
    expect(await order({ names: true })).toEqual(await order({ names: false, script }));
  });

  test('a product without a value is as it was, and an index without the field too', async () => {
    await shop.engine.put(shop.index, '90', { title: 'fresh milk' }, { refresh: true });
    try {
      await same(PLAN);
    } finally {
      await shop.engine.delete(shop.index, '90', { refresh: true });
    }
  });

  test('is stored once, and compiled where it is used', async () => {
    const first = await storeBoostScript(shop.engine, ['absent', shop.index]);
    expect(await storeBoostScript(shop.engine, ['absent'])).toEqual(first);
    const { body } = await shop.engine.request({ method: 'GET', path: `/_scripts/${first.id}` });
    expect(body).toMatchObject({ found: true, script: { lang: 'painless' } });
  });

  /** The engine, but for some requests that others take the place of. */
  const instead = (method: string, path: RegExp, change: object) => ({
    request: (sent: EngineRequest) =>
      shop.engine.request(sent.method === method && path.test(sent.path) ? { ...sent, ...change } : sent),
  });

  test('one that does not compile is told in the words of the engine', async () => {
    const absent = instead('GET', /^.*/, { path: '/_scripts/kindred-none' });
    const wrong = { body: { script: { lang: 'painless', source: '1.0 +' } } };
    const { id, refusal } = await storeBoostScript(
      {
        request: (sent) =>
          sent.method === 'PUT' ? shop.engine.request({ ...sent, ...wrong }) : absent.request(sent),
      },
      [shop.index],
    );
    expect(id).toBeNull();
    expect(refusal).toContain('compile error');
    expect(refusal).toContain('HERE');
  });

  test('one that is stored and does not run is not used', async () => {
    const script_score = { script: { id: 'kindred-none' } };
    const body = {
      rescore: { window_size: 1, query: { rescore_query: { function_score: { script_score } } } },
    };
    const { id, refusal } = await storeBoostScript(instead('POST', /_search$/, { body }), [shop.index]);
    expect([id, refusal]).toEqual([null, expect.stringContaining('unable to find script')]);
  });
});
