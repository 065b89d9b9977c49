// From draft to active on real engines, with a trainer that publishes a tiny index.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { KindredError } from '../../../src/core/errors.js';
import { createLifecycle } from '../../../src/models/lifecycle/lifecycle.js';
import { engines } from '../../helpers/engines.js';
import { WORSE } from '../support/fake-trainer.js';
import { openShop, type Shop, SUMMER } from '../support/shop.js';

describe.each(engines())('life cycle on $kind', ({ kind }) => {
  let shop: Shop;
  let clock = Date.now();
  beforeAll(async () => {
    shop = await openShop(kind, { now: () => clock });
  });
  beforeEach(() => shop.modelStore.create(SUMMER, 'test'));
  afterEach(() => shop.reset());
  afterAll(() => shop.close());

  const actor = 'test';
  const start = async () => (await shop.lifecycle.start('summer', { actor })).finished;
  const state = async (id = 'summer') => (await shop.lifecycle.view(id)).source.state;
  const edit = (impact: number) => shop.modelStore.update('summer', { ...SUMMER, impact }, actor);
  const versions = async () => (await shop.lifecycle.versions('summer')).map(({ version }) => version);
  const refused = (code: string) => expect.objectContaining({ code, status: 409 });

  test('draft, training, trained, saved, active; every step in its order only', async () => {
    const { lifecycle, trainer, settingsStore, engine } = shop;
    expect([await state(), (await lifecycle.status('summer')).state]).toEqual(['draft', 'idle']);
    await expect(lifecycle.save('summer', actor)).rejects.toEqual(refused('not-trained'));
    await expect(lifecycle.activate('summer', actor)).rejects.toEqual(refused('not-saved'));

    const open = trainer.block();
    const { status, finished } = await lifecycle.start('summer', { actor, from: 'data' });
    expect(status).toMatchObject({ state: 'running', version: 1, finishedAt: null, quality: null });
    expect(await state()).toBe('training');
    await expect(lifecycle.save('summer', actor)).rejects.toEqual(refused('not-trained'));
    open();
    expect(await finished).toMatchObject({ state: 'completed', version: 1, percent: 100, error: null });
    expect(trainer.runs[0]).toMatchObject({ version: 1, from: 'data', catalog: { index: 'products' } });
    expect(await state()).toBe('trained');

    await expect(lifecycle.activate('summer', actor)).rejects.toEqual(refused('not-saved'));
    await lifecycle.save('summer', actor);
    expect([await state(), await settingsStore.active('products')]).toEqual(['saved', null]);
    await lifecycle.activate('summer', actor);
    expect(await state()).toBe('active');
    expect(await engine.aliasTargets('kindred-profiles-summer')).toEqual(['kindred-profiles-summer-1']);
    expect(await settingsStore.active('products')).toMatchObject({
      model: { id: 'summer', impact: 50 },
      version: 1,
      profileIndex: 'kindred-profiles-summer-1',
      multiValuedFields: ['color'],
    });
    await lifecycle.activate('summer', actor);
    const actions = (await shop.audit.latest(100)).map(({ action }) => action);
    expect(actions).toEqual(
      expect.arrayContaining(['create', 'training start', 'training completed', 'save', 'activate']),
    );
  });

  test('editing the active model makes a draft while the active one serves; versions tell what changed', async () => {
    await shop.activate('summer');
    expect((await shop.lifecycle.view('summer')).source.changes).toEqual([]);
    await edit(90);
    const changes = [{ path: 'impact', before: 50, after: 90 }];
    expect((await shop.lifecycle.view('summer')).source).toMatchObject({
      state: 'draft',
      impact: 90,
      activeVersion: 1,
      changes,
    });
    expect((await shop.settingsStore.active('products'))?.model.impact).toBe(50);
    await start();
    expect(await shop.lifecycle.versions('summer')).toMatchObject([
      { version: 2, comparedTo: 1, changes },
      { version: 1, comparedTo: null, changes: [] },
    ]);
  });

  test('an edit during the training stays; the trained version has the configuration of its start', async () => {
    const open = shop.trainer.block();
    const { finished } = await shop.lifecycle.start('summer', { actor });
    await edit(80);
    expect((await shop.lifecycle.status('summer')).configuration?.impact).toBe(50);
    open();
    await finished;
    const { source } = await shop.modelStore.get('summer');
    expect([source.state, source.model.impact, source.version]).toEqual(['draft', 80, 1]);
    expect(source.versions[0]?.config.impact).toBe(50);
  });

  test('two trainings of one model do not run together, in another process neither', async () => {
    const { trainer, lifecycle } = shop;
    const elsewhere = createLifecycle({ ...shop, train: trainer.train, now: () => clock });
    const open = trainer.block();
    const both = await Promise.allSettled(
      [lifecycle, elsewhere].map((one) => one.start('summer', { actor })),
    );
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(elsewhere.start('summer', { actor })).rejects.toEqual(refused('already-training'));
    await expect(lifecycle.remove('summer', actor)).rejects.toEqual(refused('training-running'));
    open();
    for (const each of both) if (each.status === 'fulfilled') await each.value.finished;
    expect(trainer.runs).toHaveLength(1);
  });

  test('a cancelled training leaves no index; cancelling works from another process', async () => {
    const { trainer, lifecycle, engine } = shop;
    await expect(lifecycle.cancel('summer', actor)).rejects.toEqual(refused('not-training'));
    trainer.block();
    const here = await lifecycle.start('summer', { actor });
    await lifecycle.cancel('summer', actor);
    expect(await here.finished).toMatchObject({ state: 'cancelled', error: null });
    const { finished } = await lifecycle.start('summer', { actor });
    const elsewhere = createLifecycle({ ...shop, train: trainer.train, now: () => clock });
    await elsewhere.cancel('summer', actor);
    expect(await finished).toMatchObject({ state: 'cancelled' });
    expect(await engine.listIndices('kindred-profiles-*')).toEqual([]);
    expect(await state()).toBe('draft');
  });

  test('a failed training says why and changes nothing', async () => {
    shop.trainer.fail(new KindredError('no-events', 'there are no events to learn from; load some'));
    expect(await start()).toMatchObject({ state: 'failed', error: expect.stringContaining('load some') });
    expect([await state(), await versions()]).toEqual(['draft', []]);
    shop.trainer.fail(undefined);
    expect(await start()).toMatchObject({ state: 'completed', version: 1 });
  });

  test('a killed trainer shows as failed once its lease ran out, and the next one cleans up after it', async () => {
    const { engine, trainer, lifecycle } = shop;
    const lease = { holder: 'dead', expiresAt: clock + 1_000 };
    const status = { ...(await lifecycle.status('summer')), state: 'running', version: 1, percent: 40 };
    const record = { status, lease, cancel: false };
    const document = { kind: 'training', updated_at: new Date(clock).toISOString(), record };
    await engine.put('kindred-models', 'training:summer', document);
    await engine.createIndex('kindred-profiles-summer-1', { mappings: {} });
    await expect(lifecycle.start('summer', { actor })).rejects.toEqual(refused('already-training'));
    clock += 2_000;
    expect(await lifecycle.status('summer')).toMatchObject({
      state: 'failed',
      error: 'the trainer stopped without finishing; start again',
    });
    // Whoever was only asleep wakes up to an index of its own: not to the one that may be serving by then.
    trainer.fail(new KindredError('no-events', 'there are no events to learn from; load some'));
    expect(await start()).toMatchObject({ state: 'failed', version: 2 });
    trainer.fail(undefined);
    expect(await start()).toMatchObject({ state: 'completed', version: 2 });
    expect(await engine.listIndices('kindred-profiles-*')).toEqual(['kindred-profiles-summer-2']);
    expect(trainer.runs).toHaveLength(2);
  });

  test('the last two versions are kept, and those that are saved or active', async () => {
    await shop.activate('summer');
    for (let n = 2; n <= 4; n += 1) await start();
    expect(await versions()).toEqual([4, 3, 1]);
    await shop.lifecycle.save('summer', actor);
    await shop.lifecycle.activate('summer', actor);
    // The one that was live before stays, to go back to.
    expect(await versions()).toEqual([4, 3, 1]);
    for (let n = 5; n <= 7; n += 1) await start();
    expect(await versions()).toEqual([7, 6, 4, 1]);
    await shop.lifecycle.save('summer', actor);
    await shop.lifecycle.activate('summer', actor);
    expect(await versions()).toEqual([7, 6, 4]);
    expect(await shop.engine.listIndices('kindred-profiles-*')).toEqual([
      'kindred-profiles-summer-4',
      'kindred-profiles-summer-6',
      'kindred-profiles-summer-7',
    ]);
  });

  test('what was live before a version of settings alone is kept, and gone back to without a question', async () => {
    const { lifecycle, settingsStore } = shop;
    await shop.activate('summer');
    shop.trainer.judge(WORSE);
    await start();
    await edit(80);
    await lifecycle.save('summer', actor);
    await lifecycle.activate('summer', actor, { force: true });
    expect(await lifecycle.versions('summer')).toMatchObject([
      { version: 3, active: true, liveBefore: false },
      { version: 2, active: false, liveBefore: false },
      { version: 1, active: false, liveBefore: true },
    ]);
    const instead = 'version 3, forced, instead of version 1, which is kept';
    expect((await shop.audit.latest(100)).map(({ detail }) => detail)).toContain(instead);
    await lifecycle.rollback('summer', 1, actor);
    expect((await settingsStore.active('products'))?.version).toBe(1);
    // Newer and worse, but it was live: one may go back to it, too.
    await lifecycle.rollback('summer', 3, actor);
    expect((await settingsStore.active('products'))?.version).toBe(3);
    await expect(lifecycle.rollback('summer', 2, actor)).resolves.toBeUndefined();
  });

  test('what was live of one model is kept after another model went live', async () => {
    const { lifecycle } = shop;
    await shop.modelStore.create({ ...SUMMER, name: 'Winter' }, actor);
    await shop.activate('summer');
    await shop.activate('winter');
    for (let n = 2; n <= 4; n += 1) {
      await start();
      await lifecycle.save('summer', actor);
    }
    expect(await lifecycle.versions('summer')).toMatchObject([
      { version: 4 },
      { version: 3 },
      { version: 1, liveBefore: true },
    ]);
    expect((await shop.audit.latest(100)).map(({ detail }) => detail)).toContain(
      'version 1, instead of version 1 of summer, which is kept',
    );
  });

  test('a version judged worse serves only when forced, and by rolling back to it', async () => {
    const { lifecycle, settingsStore } = shop;
    shop.trainer.judge(WORSE);
    expect(await start()).toMatchObject({ state: 'completed', quality: WORSE });
    expect((await lifecycle.view('summer')).source).toMatchObject({ state: 'trained', quality: WORSE });
    await lifecycle.save('summer', actor);
    await expect(lifecycle.activate('summer', actor)).rejects.toMatchObject({
      code: 'quality-worse',
      status: 409,
      message: expect.stringMatching(/^version 1 is worse than .*\?force=true$/),
    });
    expect([await state(), await settingsStore.active('products')]).toEqual(['saved', null]);
    await lifecycle.activate('summer', actor, { force: true });
    expect(await state()).toBe('active');
    expect((await shop.audit.latest(100)).map(({ detail }) => detail)).toContain('version 1, forced');
    // What serves already is not asked about again.
    await lifecycle.activate('summer', actor);
    shop.trainer.reset();
    await shop.activate('summer');
    expect((await lifecycle.versions('summer')).map(({ quality }) => quality?.verdict)).toEqual([
      'not-judged',
      'worse',
    ]);
    await lifecycle.rollback('summer', 1, actor);
    expect((await settingsStore.active('products'))?.version).toBe(1);
  });

  test('a new version is compared with what serves its catalog', async () => {
    const { trainer } = shop;
    await shop.activate('summer');
    await start();
    expect(trainer.runs.map(({ active }) => active?.version)).toEqual([undefined, 1]);
  });

  test('a roll-back restores configuration and, of the active model, what is served', async () => {
    const { lifecycle, settingsStore, engine } = shop;
    await shop.activate('summer');
    await edit(90);
    await shop.activate('summer');
    await lifecycle.rollback('summer', 1, actor);
    expect((await lifecycle.view('summer')).source).toMatchObject({
      state: 'active',
      impact: 50,
      version: 2,
    });
    expect(await settingsStore.active('products')).toMatchObject({ version: 1, model: { impact: 50 } });
    expect(await engine.aliasTargets('kindred-profiles-summer')).toEqual(['kindred-profiles-summer-1']);
    await expect(lifecycle.rollback('summer', 9, actor)).rejects.toMatchObject({
      code: 'version-not-found',
      status: 404,
    });
    await engine.deleteIndex('kindred-profiles-summer-2');
    await expect(lifecycle.rollback('summer', 2, actor)).rejects.toEqual(refused('profiles-missing'));
  });

  test('after a roll-back the model is told as the version that it is back at, until a newer one is taken', async () => {
    const { lifecycle, trainer } = shop;
    const view = async () => (await lifecycle.view('summer')).source;
    await start();
    await lifecycle.save('summer', actor);
    await edit(90);
    trainer.judge(WORSE);
    await shop.modelStore.update('summer', { ...SUMMER, timeDecay: '30d' }, actor);
    await start();
    expect(await view()).toMatchObject({ state: 'trained', currentVersion: 2, quality: WORSE });
    await lifecycle.rollback('summer', 1, actor);
    expect(await view()).toMatchObject({
      state: 'saved',
      version: 2,
      currentVersion: 1,
      savedVersion: 1,
      quality: { verdict: 'not-judged' },
    });
    expect((await lifecycle.versions('summer')).map(({ version, current }) => [version, current])).toEqual([
      [2, false],
      [1, true],
    ]);
    await lifecycle.activate('summer', actor);
    expect(await view()).toMatchObject({ state: 'active', activeVersion: 1 });
    // Edited from version 1, not from the newest.
    await edit(70);
    expect(await view()).toMatchObject({
      state: 'draft',
      currentVersion: 1,
      edits: [{ path: 'impact', before: 50, after: 70 }],
    });
    await edit(50);
    expect(await view()).toMatchObject({ state: 'active', edits: [] });
    // A newer one that was judged worse does not serve without being asked for.
    await expect(lifecycle.rollback('summer', 2, actor)).rejects.toEqual(refused('quality-worse'));
    expect(await view()).toMatchObject({ activeVersion: 1, currentVersion: 1 });
    await lifecycle.rollback('summer', 2, actor, { force: true });
    expect(await view()).toMatchObject({
      state: 'active',
      activeVersion: 2,
      currentVersion: 2,
      quality: WORSE,
    });
  });

  test('impact and switches of profiles are saved as a version without a training, over the same profiles', async () => {
    const { lifecycle, settingsStore, engine, modelStore } = shop;
    const view = async () => (await lifecycle.view('summer')).source;
    await shop.activate('summer');
    await edit(90);
    expect(await view()).toMatchObject({ state: 'draft', needsTraining: false, activeVersion: 1 });
    await lifecycle.save('summer', actor);
    expect(await view()).toMatchObject({ state: 'saved', version: 2, currentVersion: 2, activeVersion: 1 });
    expect((await settingsStore.active('products'))?.model.impact).toBe(50);
    await lifecycle.activate('summer', actor);
    expect(await settingsStore.active('products')).toMatchObject({
      version: 2,
      model: { impact: 90 },
      profileIndex: 'kindred-profiles-summer-1',
    });
    expect(
      (await lifecycle.versions('summer')).map((each) => [each.version, each.profilesFrom, each.active]),
    ).toEqual([
      [2, 1, true],
      [1, null, false],
    ]);
    const profiles = { individual: true, inSession: false, sessionProfile: false, group: false };
    await modelStore.update('summer', { ...SUMMER, profiles }, actor);
    await lifecycle.save('summer', actor);
    await edit(10);
    await lifecycle.save('summer', actor);
    // Version 1 owns the profiles that the others share.
    expect(await versions()).toEqual([4, 3, 2, 1]);
    expect(await start()).toMatchObject({ state: 'completed', version: 5 });
    await lifecycle.save('summer', actor);
    await lifecycle.activate('summer', actor);
    await start();
    // Version 2 was live before, over the profiles of version 1.
    expect(await versions()).toEqual([6, 5, 2, 1]);
    expect(await engine.listIndices('kindred-profiles-*')).toEqual([
      'kindred-profiles-summer-1',
      'kindred-profiles-summer-5',
      'kindred-profiles-summer-6',
    ]);
  });

  test.each([
    ['a weight', { eventWeights: [{ event: 'purchase', weight: 100 }] }],
    ['the time decay', { timeDecay: '30d' }],
    ['a field that no profile knows', { globalAffinityFields: [{ field: 'material', weight: 100 }] }],
    ['a strength beside the impact', { impact: 90, products: { related: 20 } }],
  ])('%s is saved by a training alone', async (_what, change) => {
    const { lifecycle, modelStore } = shop;
    await start();
    await lifecycle.save('summer', actor);
    await modelStore.update('summer', { ...SUMMER, ...change }, actor);
    expect((await lifecycle.view('summer')).source).toMatchObject({ state: 'draft', needsTraining: true });
    await expect(lifecycle.save('summer', actor)).rejects.toEqual(refused('not-trained'));
  });

  test('deleting takes the profiles along; the default and the active model stay', async () => {
    const { modelStore, lifecycle, engine } = shop;
    await modelStore.create({ ...SUMMER, name: 'Base', kind: 'default' }, actor);
    await modelStore.create({ ...SUMMER, name: 'Winter' }, actor);
    await (await lifecycle.start('winter', { actor })).finished;
    await shop.activate('summer');
    await expect(lifecycle.remove('base', actor)).rejects.toEqual(refused('default-model'));
    await expect(lifecycle.remove('summer', actor)).rejects.toEqual(refused('model-active'));
    await lifecycle.remove('winter', actor);
    expect((await lifecycle.views('products')).map(({ id, state: now }) => [id, now])).toEqual([
      ['base', 'draft'],
      ['summer', 'active'],
    ]);
    expect(await engine.listIndices('kindred-profiles-*')).toEqual(['kindred-profiles-summer-1']);
    await expect(lifecycle.view('winter')).rejects.toMatchObject({ code: 'model-not-found' });
  });
});
