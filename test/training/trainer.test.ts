// What a training run publishes, on both real engines and from both sources.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { TrainingProgress } from '../../src/core/model/training-run.js';
import {
  groupId,
  individualId,
  type ProfileDocument,
  populationId,
  profileDocumentSchema,
  scopeAffinities,
} from '../../src/core/profile/profile.js';
import type { EngineClient } from '../../src/engine/client/client.js';
import { engines } from '../helpers/engines.js';
import { NEWEST, openSmallShop, type SmallShop, smallModel } from './small-shop.js';

describe.each(engines())('$kind', ({ kind }) => {
  let shop: SmallShop;

  beforeAll(async () => {
    shop = await openSmallShop(kind);
  });
  afterAll(() => shop.close());

  test('publishes people, cohorts and the population, the same from the engine and from files', async () => {
    const progress: TrainingProgress[] = [];
    const model = smallModel(shop.modelId);
    const onProgress = (step: TrainingProgress) => progress.push(step);
    const fromEngine = await shop.trainer()({ model, catalog: shop.catalog, version: 1, onProgress });
    const fromFiles = await shop.trainer()({ model, catalog: shop.catalog, version: 2, from: shop.dataset });

    expect(fromEngine).toMatchObject({
      profileIndex: `kindred-profiles-${shop.modelId}-1`,
      multiValuedFields: ['colors'],
      people: 5,
      events: 7,
      unknownProducts: 1,
      asOf: new Date(NEWEST).toISOString(),
    });
    expect(fromEngine.notes).toEqual([
      expect.stringMatching(/^Read \d+ events from the engine\.$/),
      expect.stringMatching(/^Counted events (from .* to|up to) \d+ \w+ \d{4}\.$/),
      expect.stringContaining('1 event'),
      expect.stringContaining('1 profile'),
    ]);
    const { profileIndex: _, seconds: __, eventsRead, notes, ...counts } = fromFiles;
    expect(fromEngine).toMatchObject({ ...counts, notes: [fromEngine.notes[0], ...notes] });
    expect(eventsRead).toBe(0);
    const percents = progress.map(({ percent }) => percent);
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
    expect(percents.at(-1)).toBe(100);

    const documents = await published(shop.engine, fromEngine.profileIndex);
    expect(documents).toEqual(await published(shop.engine, fromFiles.profileIndex));
    expect(documents.size).toBe(fromEngine.profiles);

    const anna = documents.get(individualId('anna'));
    expect(anna).toMatchObject({ key: 'anna', cohort: 'age=45-54|income=50-74K', people: 1, events: 2 });
    // Half-life 120 days; view is worth 20/50 of a purchase, and the cart was emptied again.
    const click = 0.4 * 0.5 ** (10.5 / 120);
    const all = scopeAffinities(anna!, null);
    expect(all.get('brand.keyword')?.values.get('Acme')).toBeCloseTo(1, 6);
    expect(all.get('brand.keyword')?.values.get('Zeta')).toBeCloseTo(click, 6);
    expect(all.get('colors')?.total).toBeCloseTo(2 + click, 6);
    // What was put back is no product of hers; x of a product comes with everyone's and the category.
    expect(anna?.products).toEqual([
      ['p1', 1, expect.closeTo(1 + 0.4 * 0.5 ** (1 / 120), 6), 'shoes', 1, 1],
      ['p2', expect.closeTo(click, 6), expect.closeTo(click + 0.4 * 0.5 ** (30 / 120), 6), 'shoes', 0, 1],
    ]);
    const shoes = documents.get(populationId('shoes'))?.assortment;
    expect(shoes).toEqual({ total: expect.closeTo(1.4 + click + 0.4 * 0.5 ** (30 / 120), 2), products: 2 });
    // Counted as evidence: her purchase, and all her events.
    const brands = anna?.scopes[0]?.fields.find(({ field }) => field === 'brand.keyword')?.values;
    expect(brands?.map(([value, , ...counted]) => [value, ...counted])).toEqual([
      ['Acme', 1, 1],
      ['Zeta', 0, 1],
    ]);
    expect([...all.get('colors')!.values.keys()]).toEqual(['blue', 'red']);
    // A number is in a band of all products, and in another of its category.
    expect([...all.get('size')!.values.keys()]).toEqual(['40..41', '41..']);
    const sizes = scopeAffinities(documents.get(populationId('shoes'))!, 'shoes').get('size');
    expect(sizes?.bands).toEqual(
      new Map([
        ['..41', { lt: 41 }],
        ['41..', { gte: 41 }],
      ]),
    );
    expect(all.get('colors')?.bands).toBeUndefined();
    expect([...scopeAffinities(anna!, 'shoes').keys()].sort()).toEqual([
      'brand.keyword',
      'colors',
      'details.material',
      'size',
    ]);
    // Only one brand was touched among shirts: nothing there tells products apart.
    expect(documents.get(populationId('shirts'))).toBeUndefined();

    // What she did before she logged in is hers; that she logged in is no behaviour.
    expect(documents.get(individualId('gina'))).toMatchObject({ people: 1, events: 1 });
    expect(documents.get(individualId('gina'))?.products?.map(([id]) => id)).toEqual(['p3']);
    expect(documents.get(individualId('cleo'))?.cohort).toBe('age=45-54');
    expect(documents.get(individualId('eve'))).toMatchObject({ people: 0, events: 0, scopes: [] });
    expect(documents.get(individualId('finn'))).toBeUndefined();
    expect(documents.get(individualId('dan'))).toBeUndefined();
    const group = documents.get(groupId('age=45-54|income=50-74K', null));
    expect(group).toMatchObject({ people: 1, events: 2 });
    expect(scopeAffinities(group!, null)).toEqual(all);
    const population = documents.get(populationId(null));
    expect(population).toMatchObject({ key: 'all', people: 5, events: 7 });
    expect([...scopeAffinities(population!, null).get('brand.keyword')!.values.keys()]).toContain(
      'Müller "&" Co',
    );
  });

  test('ages count from now when events lie in the future', async () => {
    const train = (now: number) =>
      shop.trainer({ now })({ model: smallModel(shop.modelId), catalog: shop.catalog, version: 3 });
    const result = await train(NEWEST - 3_600_000);
    expect(result.asOf).toBe(new Date(NEWEST - 3_600_000).toISOString());
    const told = expect.stringContaining(`${new Date(NEWEST).toISOString()}, in the future`);
    expect(result.notes).toContainEqual(told);
    expect((await train(NEWEST - 1_000)).notes).not.toContainEqual(told);
  });

  test('a second training reads only new events, and one with other weights none', async () => {
    const { archiveDir } = shop;
    const [fields] = [smallModel(shop.modelId).globalAffinityFields];
    const train = async (version: number, archive = true, purchase = 50) => {
      const model = smallModel(shop.modelId, {
        globalAffinityFields: fields,
        eventWeights: [
          { event: 'purchase', weight: purchase },
          { event: 'view', weight: 100 - purchase },
        ],
      });
      const run = { model, catalog: shop.catalog, version };
      const { eventsRead, notes, people } = await shop.trainer(archive ? { archiveDir } : {})(run);
      const documents = await published(shop.engine, `kindred-profiles-${shop.modelId}-${version}`);
      return { eventsRead, note: notes[0], people, documents };
    };
    const { eventsRead: all, note } = await train(20);
    expect(all).toBeGreaterThan(9);
    expect(note).toBe(`Read ${all} events from the engine.`);
    const late = { timestamp: NEWEST, user_id: 'anna', session_id: 's', action_name: 'view' };
    const document = { ...late, event_attributes: { object: { object_id: 'p4' } } };
    await shop.engine.put(shop.eventsIndex, 'late', document, { refresh: true });
    try {
      const second = await train(21);
      expect(second).toMatchObject({
        eventsRead: 1,
        note: `Read 1 event from the engine, and ${all} events from the archive.`,
      });
      const other = await train(22, true, 10);
      expect(other.eventsRead).toBe(0);
      expect(second.documents).toEqual((await train(23, false)).documents);
      expect(other.documents).toEqual((await train(24, false, 10)).documents);
      expect(other.documents).not.toEqual(second.documents);
    } finally {
      await shop.engine.delete(shop.eventsIndex, 'late', { refresh: true });
    }
  });

  test('replaces what a killed run left, never what is served', async () => {
    const index = `kindred-profiles-${shop.modelId}-9`;
    await shop.engine.put(index, 'left', { kind: 'individual' }, { refresh: true });
    const run = { model: smallModel(shop.modelId), catalog: shop.catalog, version: 9 };
    const { profiles } = await shop.trainer()(run);
    expect(await shop.engine.count(index)).toBe(profiles);
    await shop.engine.swapAlias(`kindred-profiles-${shop.modelId}`, index);
    await expect(shop.trainer()(run)).rejects.toMatchObject({ code: 'version-active', status: 409 });
    expect(await shop.engine.count(index)).toBe(profiles);
  });
});

async function published(engine: EngineClient, index: string): Promise<Map<string, ProfileDocument>> {
  const documents = new Map<string, ProfileDocument>();
  for await (const hits of engine.scan(index))
    for (const { id, source } of hits) documents.set(id, profileDocumentSchema.parse(source));
  return documents;
}
