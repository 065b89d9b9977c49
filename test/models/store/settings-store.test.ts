// Settings on real engines: defaults at the first read, whole replacement, optimistic concurrency, audit.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../../src/models/store/settings-store.js';
import { engines } from '../../helpers/engines.js';
import { openShop, type Shop } from '../support/shop.js';

const OFF = { ...DEFAULT_SETTINGS, personalization: { enabled: false } };

describe.each(engines())('settings on $kind', ({ kind }) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop(kind, { bare: true });
  });
  afterAll(() => shop.close());

  test('start with the defaults, also when several ask at once', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => shop.settingsStore.get('products')));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.source).toEqual(DEFAULT_SETTINGS);
  });

  test('a put replaces them, leaves an audit entry, and makes the old revision stale', async () => {
    const before = await shop.settingsStore.get('products');
    await shop.settingsStore.put('products', OFF, 'ann', before);
    expect((await shop.settingsStore.get('products')).source).toEqual(OFF);
    await expect(shop.settingsStore.put('products', DEFAULT_SETTINGS, 'bob', before)).rejects.toMatchObject({
      code: 'stale',
    });
    expect((await shop.settingsStore.get('products')).source).toEqual(OFF);
    expect(await shop.audit.latest(5)).toEqual([
      expect.objectContaining({ actor: 'ann', resource: 'settings/products', detail: 'personalization off' }),
    ]);
  });

  test.each([
    [{ ...OFF, rankingMix: { ...OFF.rankingMix, relevance: 101 } }, 'rankingMix.relevance'],
    [{ ...OFF, personalization: { enabled: 'no' } }, 'personalization.enabled'],
    [{ personalization: { enabled: true } }, 'rankingMix'],
    [{ ...OFF, extra: 1 }, 'extra'],
    [undefined, ''],
  ])('refuses %j, naming the place', async (input, path) => {
    await expect(shop.settingsStore.put('products', input, 'ann')).rejects.toMatchObject({
      code: 'invalid-content',
      status: 422,
      errors: [expect.objectContaining({ path })],
    });
  });
});
