// Every state of a model, every button: what its label names is what the API and the proxy then have.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { tellModel } from '../../src/console/lib/model/model-steps.js';
import { trainedConfig } from '../../src/console/lib/model/trained-config.js';
import { versionAction } from '../../src/console/lib/model/version-action.js';
import { variantOptions } from '../../src/console/lib/preview/variant-options.js';
import type { ModelView } from '../../src/contract/model.js';
import type { VersionView } from '../../src/contract/version.js';
import type { Model } from '../../src/core/model/model.js';
import type { ModelRecord } from '../../src/models/store/model-record.js';
import { engines } from '../helpers/engines.js';
import { MODEL, openTrainedShop, type TrainedShop } from './trained-shop.js';

type Way = 'save' | 'live' | 'off' | { readonly edit: Partial<Model> } | { readonly back: number };

interface State {
  readonly name: string;
  /** trained versions that it starts from, the newest not saved */
  readonly trained: 0 | 1 | 2;
  readonly ways: readonly Way[];
  /** edits that the tab has not saved */
  readonly unsaved?: Partial<Model>;
  /** of the next step */
  readonly label: string;
  /** the version that is live in this state */
  readonly live: number | null;
}

const IMPACT = { edit: { impact: 80 } } as const;
const DECAY = { edit: { timeDecay: '365d' } } as const;

const STATES: readonly State[] = [
  { name: 'never trained', trained: 0, ways: [], label: 'Train and judge', live: null },
  { name: 'trained', trained: 1, ways: [], label: 'Save version 1', live: null },
  { name: 'trained twice', trained: 2, ways: [], label: 'Save version 2', live: null },
  { name: 'saved', trained: 2, ways: ['save'], label: 'Make version 2 live', live: null },
  { name: 'rolled back', trained: 2, ways: [{ back: 1 }], label: 'Make version 1 live', live: null },
  { name: 'rolled back, live', trained: 2, ways: [{ back: 1 }, 'live'], label: 'Training', live: 1 },
  { name: 'live', trained: 2, ways: ['save', 'live'], label: 'Training', live: 2 },
  { name: 'live, off', trained: 2, ways: ['save', 'live', 'off'], label: 'Training', live: null },
  { name: 'saved, off', trained: 1, ways: ['save', 'off'], label: 'Make version 1 live', live: null },
  { name: 'live, then back', trained: 2, ways: ['save', 'live', { back: 1 }], label: 'Training', live: 1 },
  {
    name: 'back and forth',
    trained: 2,
    ways: ['save', 'live', { back: 1 }, { back: 2 }],
    label: 'Training',
    live: 2,
  },
  { name: 'another impact', trained: 1, ways: [IMPACT], label: 'Save as version 2', live: null },
  {
    name: 'another impact of what is live',
    trained: 1,
    ways: ['save', 'live', IMPACT],
    label: 'Save as version 2',
    live: 1,
  },
  {
    name: 'another impact after a roll-back',
    trained: 2,
    ways: [{ back: 1 }, 'live', IMPACT],
    label: 'Save as version 3',
    live: 1,
  },
  {
    name: 'another impact saved, and edited again',
    trained: 1,
    ways: ['save', 'live', IMPACT, 'save', { edit: { impact: 20 } }],
    label: 'Save as version 3',
    live: 1,
  },
  {
    name: 'edited back',
    trained: 2,
    ways: ['save', 'live', IMPACT, { edit: {} }],
    label: 'Training',
    live: 2,
  },
  {
    name: 'another time decay',
    trained: 2,
    ways: ['save', 'live', DECAY],
    label: 'Train and judge',
    live: 2,
  },
  {
    name: 'another time decay in the tab',
    trained: 2,
    ways: ['save', 'live'],
    unsaved: DECAY.edit,
    label: 'Save, train and judge',
    live: 2,
  },
  {
    name: 'a switch in the tab',
    trained: 2,
    ways: ['save', 'live'],
    unsaved: { profiles: { individual: true, inSession: true, sessionProfile: false, group: true } },
    label: 'Save as version 3',
    live: 2,
  },
];

describe.each(engines())('the states of a model on $kind', ({ kind }) => {
  let shop: TrainedShop;
  /** by number of trained versions */
  const bases: ModelRecord[] = [];
  const agent = () => shop.agent('editor');
  const post = async (path: string) => (await agent().post(`/api/models/tastes${path}`)).body;

  beforeAll(async () => {
    shop = await openTrainedShop(kind);
    await agent().post('/api/models').send(MODEL).expect(201);
    bases.push((await shop.modelStore.get('tastes')).source);
    await train();
    bases.push((await shop.modelStore.get('tastes')).source);
    await edit({ timeDecay: '90d' });
    await train();
    bases.push((await shop.modelStore.get('tastes')).source);
    keepProfilesOf(['kindred-profiles-tastes-1', 'kindred-profiles-tastes-2']);
  });
  afterAll(() => shop?.close());

  /** So that every state can be set up again from the same two trainings. */
  function keepProfilesOf(kept: readonly string[]): void {
    const { deleteIndex } = shop.engine;
    Object.assign(shop.engine, {
      deleteIndex: async (name: string) => (kept.includes(name) ? undefined : deleteIndex(name)),
    });
  }

  async function train(): Promise<void> {
    const { finished } = await shop.lifecycle.start('tastes', { actor: 'test' });
    expect(await finished).toMatchObject({ state: 'completed' });
  }

  async function edit(change: Partial<Model>): Promise<void> {
    const { source } = await shop.modelStore.get('tastes');
    const body = { ...source.model, ...change };
    await agent().put('/api/models/tastes').set('If-Match', '*').send(body).expect(200);
  }

  async function go(way: Way): Promise<void> {
    if (way === 'save') await post('/save');
    else if (way === 'live') await post('/activate?force=true');
    else if (way === 'off') await turn(false);
    else if ('back' in way) await post(`/versions/${way.back}/rollback?force=true`);
    else {
      const { source } = await shop.lifecycle.view('tastes');
      const current = (await versions()).find(({ version }) => version === source.currentVersion);
      await edit(Object.keys(way.edit).length > 0 ? way.edit : { ...current?.config });
    }
  }

  async function turn(enabled: boolean): Promise<void> {
    const { source } = await shop.settingsStore.get('products');
    await shop.settingsStore.put('products', { ...source, personalization: { enabled } }, 'test');
  }

  /** A state, set up anew. */
  async function open({ trained, ways }: State): Promise<void> {
    const base = bases[trained];
    if (!base) throw new Error('no base');
    await shop.settingsStore.setActive('products', null);
    await turn(true);
    await shop.engine.delete('kindred-models', 'training:tastes', { refresh: true });
    await shop.modelStore.change('tastes', () => base);
    for (const way of ways) await go(way);
  }

  const versions = async (): Promise<VersionView[]> =>
    (await agent().get('/api/models/tastes/versions')).body.versions;

  /** What the proxy ranks by, as a storefront reads it. */
  async function live(): Promise<number | null> {
    await shop.follow();
    const query = { query: { match: { title: 'summer' } } };
    const { headers } = await shop.ask(query, { 'x-user-id': 'ann' }).expect(200);
    const [, version] = /model=tastes@(\d+)/.exec(headers['x-personalization'] ?? '') ?? [];
    return version === undefined ? null : Number(version);
  }

  async function look({ unsaved }: State) {
    const model: ModelView = (await agent().get('/api/models/tastes').expect(200)).body;
    const kept = await versions();
    const on = (await shop.settingsStore.get('products')).source.personalization.enabled;
    const config = (await shop.modelStore.get('tastes')).source.model;
    const edits = unsaved ? { ...config, ...unsaved } : null;
    const told = tellModel({ model, trained: trainedConfig(kept), unsaved: edits, on });
    return { model, kept, on, edits, told };
  }

  test.each(STATES)('$name', async (state) => {
    await open(state);
    const { model, kept, on, edits, told } = await look(state);

    // The numbers of every page are those of the version that is named.
    const current = kept.find((each) => each.current) ?? null;
    expect(told.step.label).toBe(state.label);
    expect(told.version).toBe(current?.version ?? null);
    expect(model.quality).toEqual(current?.quality ?? null);
    expect(await live()).toBe(state.live);
    expect(kept.filter(({ active }) => active).map(({ version }) => version)).toEqual(
      model.activeVersion === null ? [] : [model.activeVersion],
    );
    if (!on) expect(told.badges.some(({ label }) => label.startsWith('Live'))).toBe(false);

    // Every list of the preview is of the version in its title.
    const store = { getItem: () => null, setItem() {}, removeItem() {} };
    for (const { label, trained, variant } of variantOptions([model], store, on)) {
      if (!trained) continue;
      const { body } = await agent()
        .post('/api/preview')
        .send({ variants: [variant] })
        .expect(200);
      const [, named] = /version (\d+)/.exec(label) ?? [];
      expect(body.variants[0].version).toBe(named === undefined ? model.currentVersion : Number(named));
    }

    // Every kept version's own button.
    for (const { version } of kept) {
      await open(state);
      const action = versionAction(
        kept.find((each) => each.version === version) ?? { version, current: false, liveBefore: false },
        model,
        on,
      );
      if (!action) continue;
      expect(action.label).toContain(`version ${version}`);
      const wasLive = kept.some((each) => each.version === version && each.liveBefore);
      expect(action.verb === 'Go back').toBe(wasLive && model.activeVersion !== null);
      await agent().post(`/api/models/tastes/versions/${version}/rollback?force=true`).expect(200);
      const after = (await look({ ...state, unsaved: {} })).model;
      expect(after).toMatchObject({ currentVersion: version, savedVersion: version, edits: [] });
      expect(await live()).toBe(model.activeVersion === null || !on ? state.live : version);
    }

    // The next step.
    await open(state);
    if (edits) await edit(edits);
    const next = model.version + 1;
    switch (told.step.kind) {
      case 'train':
        // The first training made the states that follow.
        if (state.trained === 0) return;
        await train();
        expect((await look({ ...state, unsaved: {} })).model).toMatchObject({
          state: 'trained',
          currentVersion: next,
        });
        expect(await live()).toBe(state.live);
        return;
      case 'save': {
        const saved: ModelView = await post('/save');
        const named = Number(/version (\d+)/.exec(told.step.label)?.[1]);
        expect(saved).toMatchObject({ state: 'saved', currentVersion: named, savedVersion: named });
        if (edits) expect(saved).toMatchObject(state.unsaved ?? {});
        expect(await live()).toBe(state.live);
        await post('/activate?force=true');
        expect(await live()).toBe(on ? named : null);
        return;
      }
      case 'make-live': {
        const named = Number(/version (\d+)/.exec(told.step.label)?.[1]);
        expect(await post('/activate?force=true')).toMatchObject({ state: 'active', activeVersion: named });
        expect(await live()).toBe(on ? named : null);
        await turn(true);
        expect(await live()).toBe(named);
        return;
      }
      default:
        expect(model.state).toBe('active');
    }
  });
});
