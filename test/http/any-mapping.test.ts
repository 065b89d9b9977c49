// Attributes in any form of mapping work from picker to boost: offered, counted, trained, boosted, explained, on both engines.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BoostPlan } from '../../src/core/boost-plan/boost-plan.js';
import { ensureDefaultModel } from '../../src/models/lifecycle/ensure-default-model.js';
import { engines } from '../helpers/engines.js';
import { KITES, type Kite, kiteShop, kites, LIKED, likedKites, VALUES } from './kite-shop.js';
import { openTrainedShop, type TrainedShop } from './trained-shop.js';

/** Each attribute once: an alias and its field have the same values. */
const FIELDS = Object.keys(VALUES).filter((field) => field !== 'maker.raw');
const MODEL = {
  id: 'forms',
  name: 'Forms',
  globalAffinityFields: [...FIELDS, 'weights.grams'].map((field, n) => ({
    field,
    weight: n === 0 ? 12 : 11,
  })),
  eventWeights: [
    { event: 'purchase', weight: 60 },
    { event: 'view', weight: 40 },
  ],
  products: { buyAgain: 0, related: 0 },
  profiles: { group: false },
  timeDecay: 'all',
  impact: 100,
};
const QUERY = { query: { match: { name: 'kite' } }, size: 108 };
const byId = new Map(kites.map((kite) => [kite.object_id, kite]));

interface Hit {
  readonly _id: string;
  readonly _score: number;
}
interface Reason {
  readonly _id: string;
  readonly boost: number;
  readonly affinities: readonly { readonly field: string; readonly value: string; readonly factor: number }[];
}

/** The strongest boost of every field that a product meets, as the plan says. */
function expected(kite: Kite, { boosts }: BoostPlan): Map<string, number> {
  const met = new Map<string, number>();
  for (const { field, value, range, factor } of boosts) {
    const grams = kite.weights[0]?.grams ?? 0;
    const meets = range
      ? grams >= (range.gte ?? 0) && grams < (range.lt ?? Number.POSITIVE_INFINITY)
      : VALUES[field]?.(kite).includes(value);
    if (meets) met.set(field, Math.max(met.get(field) ?? 0, factor));
  }
  return met;
}

describe.each(engines().flatMap(({ kind }) => [1, 3].map((shards) => ({ kind, shards }))))(
  '$kind, $shards shards',
  ({ kind, shards }) => {
    let shop: TrainedShop;
    beforeAll(async () => {
      shop = await openTrainedShop(kind, kiteShop(kind, shards));
    });
    afterAll(() => shop.close());

    const get = async (path: string) =>
      (await shop.agent().get(`/api/catalogs/products/${path}`).expect(200)).body;

    test('pickers offer each, with its values, and say why others cannot be chosen', async () => {
      const { fields, refused } = await get('fields');
      const offered = new Map<string, object>(fields.map((each: { field: string }) => [each.field, each]));
      for (const [field, valuesOf] of Object.entries(VALUES)) {
        const distinct = new Set(kites.flatMap(valuesOf)).size;
        expect([field, offered.get(field)]).toEqual([
          field,
          { field, type: 'keyword', coverage: 1, distinct },
        ]);
        const counts = new Map<string, number>();
        for (const value of kites.flatMap(valuesOf)) counts.set(value, (counts.get(value) ?? 0) + 1);
        const { values } = await get(`values?field=${encodeURIComponent(field)}`);
        expect(
          new Map(values.map(({ value, count }: { value: string; count: number }) => [value, count])),
        ).toEqual(counts);
      }
      const { values: found } = await get(`values?q=US&field=${encodeURIComponent('attrs.tone')}`);
      expect(found.map(({ value }: { value: string }) => value)).toEqual(['dusk']);
      expect(offered.get('weights.grams')).toMatchObject({ type: 'number', distinct: 12 });
      for (const field of ['object_id.keyword', 'name.raw', 'features.label', 'attrs'])
        expect([field, offered.has(field)]).toEqual([field, false]);
      const reasons = new Map(
        refused.map(({ field, reason }: { field: string; reason: string }) => [field, reason]),
      );
      expect(reasons.get('object_id')).toContain('id');
      expect(reasons.get('notes')).toContain('text');
      expect(reasons.get('since')).toContain('date');
    });

    test('the default model takes what tells products apart, each attribute once', async () => {
      const { engine, modelStore } = shop;
      expect(await ensureDefaultModel({ engine, modelStore, catalog: KITES })).toMatchObject({
        created: true,
      });
      const [record] = await modelStore.list();
      const names = record?.model.globalAffinityFields.map(({ field }) => field) ?? [];
      expect(names).toHaveLength(6);
      expect(names).toContain('features[label=Fit].value.untouched');
      expect(names).toContain('attrs.tone');
      expect(names.includes('brand') && names.includes('maker.raw')).toBe(false);
    });

    test('a model that names what is not there is refused, with the reason', async () => {
      for (const [field, words] of [
        ['features[label=Fit].value', 'sub-field'],
        ['features[nope=Fit].value.untouched', 'not a field'],
        ['object_id.keyword', 'id'],
        ['since', 'date'],
      ] as const) {
        const model = { ...MODEL, globalAffinityFields: [{ field, weight: 100 }] };
        const created = shop.modelStore.create(model, 'test');
        await expect(created).rejects.toMatchObject({
          errors: [{ path: 'globalAffinityFields.0.field', message: expect.stringContaining(words) }],
        });
      }
    });

    test('trained, boosted and explained: every score is the plain one times what its values earn', async () => {
      await shop.modelStore.create(MODEL, 'test');
      await shop.activate('forms');
      const ivy = { 'x-user-id': 'ivy' };
      const { body, headers } = await shop.ask(QUERY, ivy).expect(200);
      expect(headers['x-personalization']).toMatch(/^applied/);
      const plain = await shop.ask(QUERY, { ...ivy, 'x-kindred': 'off' }).expect(200);
      const base = new Map(plain.body.hits.hits.map(({ _id, _score }: Hit) => [_id, _score]));
      const { plan, hits } = body.ext.kindred as { plan: BoostPlan['boosts']; hits: readonly Reason[] };
      for (const [field, value] of Object.entries(LIKED).filter(([name]) => FIELDS.includes(name))) {
        const boost = plan.find((each) => each.field === field && each.value === value);
        expect([field, (boost?.factor ?? 0) > 1]).toEqual([field, true]);
      }
      expect(plan.some(({ field, range }) => field === 'weights.grams' && range)).toBe(true);
      const scores = new Map(body.hits.hits.map(({ _id, _score }: Hit) => [_id, _score]));
      for (const { _id, boost, affinities } of hits) {
        const kite = byId.get(_id);
        if (!kite) throw new Error(_id);
        const met = expected(kite, { boosts: plan } as BoostPlan);
        expect(new Map(affinities.map(({ field, factor }) => [field, factor]))).toEqual(met);
        expect(boost).toBeCloseTo(
          [...met.values()].reduce((product, factor) => product * factor, 1),
          4,
        );
        const [on, off] = [Number(scores.get(_id)), Number(base.get(_id))];
        expect(Math.abs(on / off / boost - 1)).toBeLessThan(1e-4);
      }
      expect(scores.size).toBe(108);
      // Without names: with the script where the engine has it, around the query too.
      for (const form of [QUERY, { ...QUERY, sort: ['_score', '_doc'], track_scores: true }]) {
        const unnamed = await shop.ask(form, { ...ivy, 'x-kindred': 'impact=100' }).expect(200);
        expect(unnamed.headers['x-personalization']).toMatch(/^applied/);
        for (const { _id, _score } of unnamed.body.hits.hits as Hit[])
          expect(Math.abs(_score / Number(scores.get(_id)) - 1)).toBeLessThan(1e-4);
      }
    });

    test('a session is read by the same fields', async () => {
      const seen = likedKites(6).slice(0, 3);
      await shop.send(
        ...seen.map(({ object_id }) => ({
          session_id: 'new-here',
          action_name: 'view',
          event_attributes: { object: { object_id } },
        })),
      );
      const { body } = await shop.ask(QUERY, { 'x-session-id': 'new-here' }).expect(200);
      const { boosts } = { boosts: body.ext.kindred.plan as BoostPlan['boosts'] };
      for (const field of FIELDS) {
        const raised = boosts
          .filter((each) => each.field === field && each.factor > 1)
          .map(({ value }) => value);
        const values = new Set(seen.flatMap((kite) => VALUES[field]?.(kite) ?? []));
        expect([field, raised.length > 0, raised.every((value) => values.has(value))]).toEqual([
          field,
          true,
          true,
        ]);
      }
    });

    test('a preview shows the values', async () => {
      const answer = await shop
        .agent()
        .post('/api/preview')
        .send({ query: 'kite', who: { user_id: 'ivy' }, variants: [{ model: 'forms' }] })
        .expect(200);
      const [first] = answer.body.variants[0].hits;
      const kite = byId.get(first.id);
      for (const field of FIELDS)
        expect([field, first.fields[field]]).toEqual([field, kite && VALUES[field]?.(kite).join(', ')]);
    });
  },
);
