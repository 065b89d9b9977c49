// A model in every state of its life cycle, as every page tells it: badges, version, and the next step by what it does.
import { describe, expect, test } from '@jest/globals';
import {
  afterRunWords,
  type ModelSituation,
  notInRunWords,
  tellModel,
} from '../../src/console/lib/model/model-steps.js';
import { versionAction } from '../../src/console/lib/model/version-action.js';
import type { ModelView } from '../../src/contract/model.js';
import { type Model, modelSchema } from '../../src/core/model/model.js';

const config: Model = modelSchema.parse({
  id: 'summer',
  name: 'Summer',
  globalAffinityFields: [{ field: 'brand', weight: 100 }],
  eventWeights: [{ event: 'purchase', weight: 100 }],
});
const IMPACT = [{ path: 'impact', before: 50, after: 80 }];
const DECAY = [{ path: 'timeDecay', before: '180d', after: '30d' }];

const view = (changes: Partial<ModelView>): ModelView => ({
  ...config,
  state: 'draft',
  version: 2,
  currentVersion: 2,
  savedVersion: null,
  activeVersion: null,
  changes: [],
  edits: [],
  needsTraining: false,
  quality: null,
  updatedAt: '2026-11-29T12:00:00.000Z',
  ...changes,
});
const tell = (changes: Partial<ModelView>, more: Partial<ModelSituation> = {}) =>
  tellModel({ model: view(changes), trained: config, unsaved: null, on: true, ...more });

interface Row {
  readonly what: string;
  readonly model: Partial<ModelView>;
  readonly more?: Partial<ModelSituation>;
  readonly badges: readonly string[];
  readonly version: string;
  readonly button: readonly [kind: string, label: string];
}

const ROWS: readonly Row[] = [
  {
    what: 'never trained',
    model: { version: 0, currentVersion: null, needsTraining: true },
    more: { trained: null },
    badges: ['Draft'],
    version: 'None yet: it was never trained',
    button: ['train', 'Train and judge'],
  },
  {
    what: 'never trained, edited in this tab',
    model: { version: 0, currentVersion: null, needsTraining: true },
    more: { trained: null, unsaved: { ...config, impact: 80 } },
    badges: ['Draft'],
    version: 'None yet: it was never trained',
    button: ['train', 'Save, train and judge'],
  },
  {
    what: 'in its first training',
    model: { state: 'training', version: 0, currentVersion: null },
    badges: ['Training'],
    version: 'None yet: it was never trained',
    button: ['watch', 'Watch training'],
  },
  {
    what: 'trained',
    model: { state: 'trained' },
    badges: ['Trained: version 2'],
    version: '2, not live',
    button: ['save', 'Save version 2'],
  },
  {
    what: 'trained, while an older version is live',
    model: { state: 'trained', activeVersion: 1, savedVersion: 1 },
    badges: ['Live: version 1', 'Trained: version 2'],
    version: '2; version 1 is live',
    button: ['save', 'Save version 2'],
  },
  {
    what: 'saved',
    model: { state: 'saved', savedVersion: 2 },
    badges: ['Saved: version 2'],
    version: '2, not live',
    button: ['make-live', 'Make version 2 live'],
  },
  {
    what: 'rolled back to version 1 and not live',
    model: { state: 'saved', savedVersion: 1, currentVersion: 1 },
    badges: ['Saved: version 1'],
    version: '1, not live',
    button: ['make-live', 'Make version 1 live'],
  },
  {
    what: 'live',
    model: { state: 'active', savedVersion: 2, activeVersion: 2 },
    badges: ['Live: version 2'],
    version: '2, live',
    button: ['done', 'Training'],
  },
  {
    what: 'live, and personalization off',
    model: { state: 'active', savedVersion: 2, activeVersion: 2 },
    more: { on: false },
    badges: ['Off: version 2 waits'],
    version: '2, live once on again',
    button: ['done', 'Training'],
  },
  {
    what: 'live after a roll-back, with a newer version kept',
    model: { state: 'active', currentVersion: 1, savedVersion: 1, activeVersion: 1 },
    badges: ['Live: version 1'],
    version: '1, live',
    button: ['done', 'Training'],
  },
  {
    what: 'live, with another impact saved as a draft',
    model: { state: 'draft', savedVersion: 2, activeVersion: 2, edits: IMPACT },
    badges: ['Live: version 2', 'Draft'],
    version: '2, live',
    button: ['save', 'Save as version 3'],
  },
  {
    what: 'live, with another time decay saved as a draft',
    model: { state: 'draft', savedVersion: 2, activeVersion: 2, edits: DECAY, needsTraining: true },
    badges: ['Live: version 2', 'Draft'],
    version: '2, live',
    button: ['train', 'Train and judge'],
  },
  {
    what: 'live, with another impact in this tab',
    model: { state: 'active', savedVersion: 2, activeVersion: 2 },
    more: { unsaved: { ...config, impact: 80 } },
    badges: ['Live: version 2'],
    version: '2, live',
    button: ['save', 'Save as version 3'],
  },
  {
    what: 'saved, with another time decay in this tab',
    model: { state: 'saved', savedVersion: 2 },
    more: { unsaved: { ...config, timeDecay: '30d' } },
    badges: ['Saved: version 2'],
    version: '2, not live',
    button: ['train', 'Save, train and judge'],
  },
  {
    what: 'live and in a training',
    model: { state: 'training', savedVersion: 2, activeVersion: 2 },
    more: { unsaved: { ...config, impact: 80 } },
    badges: ['Live: version 2', 'Training'],
    version: '2, live',
    button: ['watch', 'Watch training'],
  },
];

describe('a model as it is told', () => {
  test.each(ROWS)('$what', ({ model, more, badges, version, button }) => {
    const told = tell(model, more);
    expect(told.badges.map(({ label }) => label)).toEqual(badges);
    expect(told.versionWords).toBe(version);
    expect([told.step.kind, told.step.label]).toEqual(button);
    expect(told.version).toBe(view(model).currentVersion);
    const words = [told.means, told.step.says, told.versionWords, ...badges].join(' ');
    // Off, nothing is live; and no words but draft, saved, trained and live.
    if (more?.on === false) expect(words).not.toMatch(/\blive\b(?! once on again)|is live/i);
    expect(words).not.toMatch(/activ|serv/i);
  });

  test('edits are named wherever they are', () => {
    expect(tell({ edits: IMPACT }).means).toBe(
      'Edited since version 2: Impact. No training is needed for that.',
    );
    expect(tell({ edits: DECAY, needsTraining: true }).means).toContain('Time decay. A training brings');
    const unsaved = { ...config, timeDecay: '30d' as const, impact: 80 };
    const told = tell({ state: 'active', activeVersion: 2 }, { unsaved });
    expect(told.unsavedWords).toBe('Time decay and Impact');
    expect(told.step.says).toBe(
      'Saves Time decay and Impact, trains version 3 on your events and judges it by what shoppers took in the newest part of the past. Version 2 stays live meanwhile.',
    );
    expect(notInRunWords(config, { model: view({ state: 'training' }), unsaved })).toBe(
      'Time decay and Impact',
    );
    expect(notInRunWords(config, { model: view({ state: 'training' }), unsaved: null })).toBe('');
  });
});

describe('what can be done with a kept version', () => {
  const action = (version: number, changes: Partial<ModelView>, before: number | null, on = true) => {
    const model = view(changes);
    const current = version === model.currentVersion;
    return versionAction({ version, current, liveBefore: version === before }, model, on);
  };

  test.each<[string, Partial<ModelView>, number | null, (string | null)[]]>([
    ['trained', { state: 'trained' }, null, ['Return to version 1', null, 'Return to version 3']],
    [
      'a draft',
      { state: 'draft' },
      null,
      ['Return to version 1', 'Return to version 2', 'Return to version 3'],
    ],
    ['in a training', { state: 'training', activeVersion: 2 }, 1, [null, null, null]],
    ['live', { state: 'active', activeVersion: 2 }, 1, ['Back to version 1', null, 'Make version 3 live']],
    [
      'live, a newer one before',
      { state: 'active', activeVersion: 2 },
      3,
      ['Make version 1 live', null, 'Back to version 3'],
    ],
    [
      'live, and edited since',
      { state: 'draft', activeVersion: 2, edits: IMPACT },
      1,
      ['Back to version 1', 'Stay at version 2', 'Make version 3 live'],
    ],
    [
      'live, and a newer one trained',
      { state: 'trained', activeVersion: 1, currentVersion: 2 },
      null,
      ['Stay at version 1', null, 'Make version 3 live'],
    ],
  ])('%s: one goes back only to what was live', (_what, changes, before, labels) => {
    expect([1, 2, 3].map((version) => action(version, changes, before)?.label ?? null)).toEqual(labels);
    for (const version of [1, 2, 3]) {
      expect(action(version, changes, before, false)?.says ?? '').not.toMatch(
        /within two seconds|stays live\. The/,
      );
      const told = action(version, changes, before);
      if (told && changes.edits) expect(told.says).toContain('Impact, edited since, is dropped.');
    }
  });

  test('what a running training has not is said to need one, or not', () => {
    expect(afterRunWords(config, { ...config, impact: 80 })).toMatch(/^It needs no training/);
    expect(afterRunWords(config, { ...config, name: 'Other' })).toMatch(/^It needs no training/);
    expect(afterRunWords(config, { ...config, timeDecay: '30d' })).toMatch(/^Train again afterwards/);
    expect(afterRunWords(config, { ...config, impact: 80, timeDecay: '30d' })).toMatch(/^Train again/);
  });
});
