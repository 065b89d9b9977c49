// A model in every state of its life cycle, as every page tells it: badges, version, and the next step by what it does.
import { describe, expect, test } from '@jest/globals';
import { type ModelSituation, notInRunWords, tellModel } from '../../src/console/lib/model/model-steps.js';
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
  const label = (version: number, changes: Partial<ModelView>, on = true) => {
    const model = view(changes);
    return versionAction({ version, current: version === model.currentVersion }, model, on)?.label ?? null;
  };

  test.each<[string, Partial<ModelView>, (string | null)[]]>([
    ['trained', { state: 'trained' }, ['Roll back to version 1', null, 'Return to version 3']],
    ['saved', { state: 'saved' }, ['Roll back to version 1', null, 'Return to version 3']],
    ['a draft', { state: 'draft' }, ['Roll back to version 1', 'Return to version 2', 'Return to version 3']],
    ['in a training', { state: 'training', activeVersion: 2 }, [null, null, null]],
    ['live', { state: 'active', activeVersion: 2 }, ['Roll back to version 1', null, 'Make version 3 live']],
    [
      'live, and edited since',
      { state: 'draft', activeVersion: 2 },
      ['Roll back to version 1', 'Return to version 2', 'Make version 3 live'],
    ],
    [
      'live, and a newer one trained',
      { state: 'trained', activeVersion: 1, currentVersion: 2 },
      ['Return to version 1', null, 'Make version 3 live'],
    ],
    [
      'live, and a newer one edited',
      { state: 'draft', activeVersion: 1, currentVersion: 2 },
      ['Return to version 1', 'Make version 2 live', 'Make version 3 live'],
    ],
  ])('%s: only older versions are rolled back to', (_what, changes, labels) => {
    expect([1, 2, 3].map((version) => label(version, changes))).toEqual(labels);
    const model = view(changes);
    for (const version of [1, 2, 3]) {
      const action = versionAction({ version, current: version === model.currentVersion }, model, false);
      expect(action?.says ?? '').not.toMatch(/within two seconds/);
    }
  });
});
