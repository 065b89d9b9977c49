// The audit trail on real engines: entries tell what was changed, and an index of an older Kindred takes them too.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bootstrapIndices } from '../../../src/engine/indices/bootstrap.js';
import { readMapping } from '../../../src/engine/indices/mappings.js';
import { createAudit } from '../../../src/models/store/audit.js';
import { DEFAULT_SETTINGS } from '../../../src/models/store/settings-store.js';
import { engines } from '../../helpers/engines.js';
import { openNamespace } from '../../helpers/namespace.js';
import { openShop, type Shop, SUMMER } from '../support/shop.js';

describe.each(engines())('audit on $kind', ({ kind }) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop(kind);
    await shop.modelStore.create(SUMMER, 'ann');
  });
  afterAll(() => shop.close());

  const latest = async () => (await shop.audit.latest(1))[0];

  test('an edit of a model keeps what was before and after, setting by setting', async () => {
    const { source } = await shop.modelStore.get('summer');
    await shop.modelStore.update('summer', { ...source.model, impact: 30, timeDecay: '7d' }, 'ann');
    expect(await latest()).toMatchObject({
      action: 'update',
      changes: [
        { path: 'timeDecay', before: '180d', after: '7d' },
        { path: 'impact', before: 50, after: 30 },
      ],
    });
    const swapped = source.model.eventWeights.map(({ event }, n) => ({ event, weight: n === 0 ? 60 : 40 }));
    await shop.modelStore.update(
      'summer',
      { ...source.model, eventWeights: swapped, group: { by: 'demographic', attributes: ['age'] } },
      'ann',
    );
    const paths = (await latest())?.changes?.map(({ path }) => path) ?? [];
    expect(paths).toEqual(
      expect.arrayContaining(['eventWeights.purchase.weight', 'eventWeights.view.weight']),
    );
    await shop.modelStore.update('summer', (await shop.modelStore.get('summer')).source.model, 'ann');
    expect((await latest())?.changes).toEqual([]);
  });

  test('so do settings and schedules', async () => {
    await shop.settingsStore.put(
      'products',
      { ...DEFAULT_SETTINGS, personalization: { enabled: false } },
      'bob',
    );
    expect((await latest())?.changes).toEqual([
      { path: 'personalization.enabled', before: true, after: false },
    ]);
    const mix = { ...DEFAULT_SETTINGS.rankingMix, relevance: 40, performance: 10 };
    await shop.settingsStore.put('products', { ...DEFAULT_SETTINGS, rankingMix: mix }, 'bob');
    expect((await latest())?.changes).toEqual([
      { path: 'personalization.enabled', before: false, after: true },
      { path: 'rankingMix.relevance', before: 50, after: 40 },
      { path: 'rankingMix.performance', before: 0, after: 10 },
    ]);
    await shop.schedules.put('summer', { cron: '0 3 * * *' }, 'bob');
    await shop.schedules.put('summer', { cron: '0 4 * * *' }, 'bob');
    expect((await latest())?.changes).toEqual([{ path: 'cron', before: '0 3 * * *', after: '0 4 * * *' }]);
    await shop.schedules.remove('summer', 'bob');
    expect((await latest())?.changes).toEqual([
      { path: 'cron', before: '0 4 * * *', after: null },
      { path: 'timezone', before: 'UTC', after: null },
    ]);
  });

  test('to make live and to roll back tell what shoppers are ranked by now that they were not before', async () => {
    await shop.activate('summer');
    expect(await latest()).toMatchObject({ action: 'activate' });
    expect(await latest()).not.toHaveProperty('changes');
    const { model } = (await shop.modelStore.get('summer')).source;
    await shop.modelStore.update('summer', { ...model, impact: 70 }, 'ann');
    await shop.activate('summer');
    const changes = [{ path: 'impact', before: model.impact, after: 70 }];
    expect(await latest()).toMatchObject({ action: 'activate', changes });
    await shop.lifecycle.rollback('summer', 1, 'ann');
    expect(await latest()).toMatchObject({
      action: 'rollback',
      changes: [{ path: 'impact', before: 70, after: model.impact }],
    });
  });

  test('an index of an older Kindred is brought up by itself, and keeps its entries', async () => {
    const { engine, close } = await openNamespace(kind, 'audit');
    try {
      const { settings, mappings } = await readMapping('kindred-audit');
      const { changes: _, ...properties } = Object(mappings).properties;
      const old = { ...mappings, _meta: { kindred: { version: 1 } }, properties };
      await engine.createIndex('kindred-audit', { settings, mappings: old });
      const audit = createAudit(engine, () => Date.UTC(2026, 0, 2));
      const entry = { actor: 'ann', action: 'update', resource: 'settings', detail: 'personalization on' };
      await audit.record(entry);
      // Values of one setting may be of any type.
      const values = [1, true, 'text', ['a'], null, { by: 'x' }];
      const mixed = values.map((after) => ({ path: 'impact', before: null, after }));
      await expect(audit.record({ ...entry, changes: mixed })).rejects.toThrow('changes');
      await bootstrapIndices(engine);
      const later = createAudit(engine, () => Date.UTC(2026, 0, 3));
      await later.record({ ...entry, changes: mixed });
      await bootstrapIndices(engine);
      const found = await later.latest(10);
      expect(found).toEqual([
        { ...entry, at: '2026-01-03T00:00:00.000Z', changes: mixed },
        { ...entry, at: '2026-01-02T00:00:00.000Z' },
      ]);
    } finally {
      await close();
    }
  });
});
