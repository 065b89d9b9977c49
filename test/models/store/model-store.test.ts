// The rules models keep, on real engines: content, limits, unique names, revisions, races.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { engines } from '../../helpers/engines.js';
import { openShop, type Shop, SUMMER } from '../support/shop.js';

const fields = (...pairs: [string, number][]) => pairs.map(([field, weight]) => ({ field, weight }));

describe.each(engines())('models on $kind', ({ kind }) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop(kind);
  });
  afterEach(async () => {
    for (const { model } of await shop.modelStore.list()) await shop.modelStore.remove(model.id);
  });
  afterAll(() => shop.close());

  const create = (changes: object = {}) => shop.modelStore.create({ ...SUMMER, ...changes }, 'test');

  test('a new model is a complete draft; its id comes from the name', async () => {
    const { source } = await create();
    expect(source).toMatchObject({ state: 'draft', version: 0, savedVersion: null, versions: [] });
    expect(source.model).toMatchObject({ id: 'summer', kind: 'custom', impact: 50, timeDecay: '180d' });
    expect((await shop.modelStore.get('summer')).source).toEqual(source);
    expect((await create({ name: 'Summer!' })).source.model.id).toBe('summer_2');
    expect((await shop.audit.latest(1))[0]).toMatchObject({ action: 'create', resource: 'models/summer_2' });
  });

  test.each<[string, object, string, RegExp]>([
    [
      'weights totalling 99',
      { globalAffinityFields: fields(['color', 99]) },
      'globalAffinityFields',
      /total 99/,
    ],
    [
      'three times 33.3',
      { globalAffinityFields: fields(['color', 33.3], ['category', 33.3], ['brand.keyword', 33.3]) },
      'globalAffinityFields',
      /total 99\.9/,
    ],
    [
      'a negative weight',
      { globalAffinityFields: fields(['color', -10], ['category', 110]) },
      'globalAffinityFields.0.weight',
      /between 0 and 100/,
    ],
    [
      'an unknown field',
      { globalAffinityFields: fields(['colour', 100]) },
      'globalAffinityFields.0.field',
      /not a field/,
    ],
    [
      'a text field',
      { globalAffinityFields: fields(['brand', 100]) },
      'globalAffinityFields.0.field',
      /use "brand\.keyword"/,
    ],
    [
      'a text field without sub-field',
      { globalAffinityFields: fields(['blurb', 100]) },
      'globalAffinityFields.0.field',
      /cannot carry/,
    ],
    [
      'the id field',
      { globalAffinityFields: fields(['object_id', 100]) },
      'globalAffinityFields.0.field',
      /cannot carry/,
    ],
    [
      'an unknown field of an override',
      { categoryOverrides: [{ categories: ['shoes'], fields: fields(['color', 50], ['size', 50]) }] },
      'categoryOverrides.0.fields.1.field',
      /not a field/,
    ],
    [
      'an unknown customer attribute',
      { group: { attributes: ['age', 'height'] } },
      'group.attributes.1',
      /not an attribute/,
    ],
    ['an empty attribute', { group: { attributes: ['age', ''] } }, 'group.attributes.1', /must not be empty/],
    [
      'an own event named like a built-in',
      { eventWeights: [{ event: 'Add to Cart', weight: 100 }] },
      'eventWeights.0.event',
      /write "add_to_cart" instead/,
    ],
    ['an unknown catalog', { catalog: 'books' }, 'catalog', /not a configured catalog/],
    ['an unknown key', { wheight: 1 }, 'wheight', /not known/],
    ['an impossible id', { id: 'No Id' }, 'id', /must match/],
    ['no name', { name: undefined }, 'id', /required/],
    [
      'a weight of NaN, null in JSON',
      { eventWeights: [{ event: 'view', weight: null }] },
      'eventWeights.0.weight',
      /must be a number/,
    ],
    ['a weight that is missing', { eventWeights: [{ event: 'view' }] }, 'eventWeights.0.weight', /required/],
  ])('refuses %s', async (_, changes, path, message) => {
    await expect(create(changes)).rejects.toMatchObject({
      code: 'invalid-content',
      status: 422,
      errors: expect.arrayContaining([{ path, message: expect.stringMatching(message) }]),
    });
    expect(await shop.modelStore.list()).toEqual([]);
  });

  test('a refused edit changes nothing', async () => {
    const before = await create();
    const edit = { ...SUMMER, impact: 80, eventWeights: [{ event: 'view_item', weight: 100 }] };
    await expect(shop.modelStore.update('summer', edit, 'test')).rejects.toMatchObject({
      errors: [{ path: 'eventWeights.0.event', message: expect.stringContaining('write "view" instead') }],
    });
    expect(await shop.modelStore.get('summer')).toMatchObject({
      seqNo: before.seqNo,
      source: { model: { impact: 50 } },
    });
  });

  test('takes thirds that total exactly 100, number fields, and an own id', async () => {
    const thirds = fields(['color', 33.33], ['details.fit', 33.33], ['price', 33.34]);
    const { source } = await create({ id: 'thirds', globalAffinityFields: thirds });
    expect(source.model.id).toBe('thirds');
  });

  test('behavioral groups ask for no customer attributes', async () => {
    const group = { by: 'behavioral', attributes: ['height'] };
    expect((await create({ group })).source.model.group).toEqual(group);
  });

  test('there are one default and two custom models at most', async () => {
    await create({ name: 'A' });
    await create({ name: 'B' });
    await expect(create({ name: 'C' })).rejects.toMatchObject({ code: 'too-many-models', status: 409 });
    await create({ name: 'D', kind: 'default' });
    await expect(create({ name: 'E', kind: 'default' })).rejects.toMatchObject({ code: 'too-many-models' });
    const names = (await shop.modelStore.list()).map(({ model }) => model.name);
    expect(names).toEqual(['D', 'A', 'B']);
  });

  test('names are unique whatever their case, ids always', async () => {
    await create();
    await expect(create({ id: 'other', name: 'SUMMER' })).rejects.toMatchObject({ code: 'name-taken' });
    await expect(create({ id: 'summer', name: 'Other' })).rejects.toMatchObject({ code: 'model-exists' });
    await create({ name: 'Winter' });
    const rename = shop.modelStore.update('winter', { ...SUMMER, name: 'summer' }, 'test');
    await expect(rename).rejects.toMatchObject({ code: 'name-taken', status: 409 });
  });

  test('limits and names hold when many are created at once', async () => {
    const names = ['Same', 'same', 'A', 'B', 'C', 'D'];
    const outcomes = await Promise.allSettled(names.map((name) => create({ name })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect(await shop.modelStore.list()).toHaveLength(2);
  });

  test('an edit of the configuration makes a draft, the same configuration changes nothing', async () => {
    const { source } = await create();
    await shop.modelStore.change('summer', (record) => ({ ...record, state: 'saved' }));
    await shop.modelStore.update('summer', source.model, 'test');
    expect((await shop.modelStore.get('summer')).source.state).toBe('saved');
    await shop.modelStore.update('summer', { ...source.model, impact: 80, state: 'active' }, 'test');
    const { source: edited } = await shop.modelStore.get('summer');
    expect([edited.state, edited.model.impact]).toEqual(['draft', 80]);
  });

  test('of two edits of one revision, one is stale', async () => {
    const current = await create();
    const edit = (impact: number) => shop.modelStore.update('summer', { ...SUMMER, impact }, 'test', current);
    const outcomes = await Promise.allSettled([edit(10), edit(20)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes).toContainEqual({
      status: 'rejected',
      reason: expect.objectContaining({ code: 'stale' }),
    });
  });

  test('id and kind stay; unknown models are not found', async () => {
    await create();
    await expect(
      shop.modelStore.update('summer', { ...SUMMER, id: 'x', kind: 'default' }, 't'),
    ).rejects.toMatchObject({
      status: 422,
      errors: [expect.objectContaining({ path: 'id' }), expect.objectContaining({ path: 'kind' })],
    });
    for (const id of ['nope', 'training:summer', 'guard:models'])
      await expect(shop.modelStore.get(id)).rejects.toMatchObject({ code: 'model-not-found', status: 404 });
  });
});

test.each(engines())('without its catalog no model is taken ($kind)', async ({ kind }) => {
  const shop = await openShop(kind, { bare: true });
  try {
    await expect(shop.modelStore.create(SUMMER, 'test')).rejects.toMatchObject({
      status: 422,
      errors: [{ path: 'catalog', message: expect.stringContaining('load the catalog') }],
    });
  } finally {
    await shop.close();
  }
});
