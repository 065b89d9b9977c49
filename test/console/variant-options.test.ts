// What can be shown beside OFF in a preview.
import { describe, expect, test } from '@jest/globals';
import { chosenOptions, triedImpact, variantOptions } from '../../src/console/lib/preview/variant-options.js';
import type { ModelView } from '../../src/contract/model.js';
import { modelSchema } from '../../src/core/model/model.js';

describe('beside OFF', () => {
  const config = modelSchema.parse({
    id: 'summer',
    name: 'Summer',
    globalAffinityFields: [{ field: 'brand', weight: 100 }],
    eventWeights: [{ event: 'purchase', weight: 100 }],
  });
  const model = (changes: object) =>
    ({
      ...config,
      state: 'trained',
      version: 2,
      currentVersion: 2,
      activeVersion: null,
      edits: [],
      ...changes,
    }) as unknown as ModelView;
  const options = (changes: object, drafts: Record<string, string> = {}, on = true) =>
    variantOptions(
      [model(changes)],
      { getItem: (name) => drafts[name] ?? null, setItem() {}, removeItem() {} },
      on,
    );
  const labels = (changes: object, drafts?: Record<string, string>) =>
    options(changes, drafts).map(({ label }) => label);

  test('stands what is trained, what serves where that is older, and what is configured since', () => {
    expect(labels({})).toEqual(['Summer, version 2']);
    expect(labels({ state: 'active', activeVersion: 2 })).toEqual(['Summer, version 2 (live)']);
    expect(labels({ activeVersion: 1 })).toEqual(['Summer, version 2', 'Summer, version 1 (live)']);
    // Rolled back: the newest version is not what saving or going live is about.
    expect(labels({ version: 3, currentVersion: 1, state: 'saved' })).toEqual(['Summer, version 1']);
    const edits = [{ path: 'impact', before: 50, after: 60 }];
    for (const state of ['draft', 'training'])
      expect(labels({ state, edits })).toEqual(['Summer, version 2', 'Summer, draft']);
    expect(labels({ state: 'draft', currentVersion: null })).toEqual(['Summer']);
  });

  test('stand edits of this tab that differ from what they began from', () => {
    const draft = (edits: object) =>
      JSON.stringify({ base: config, etag: '"1"', config: { ...config, ...edits }, at: '' });
    expect(options({}, { 'kindred-draft-summer': draft({ impact: 3 }) })[1]).toMatchObject({
      key: 'summer:draft',
      label: 'Summer, not saved',
      variant: { configuration: { impact: 3 } },
    });
    expect(labels({}, { 'kindred-draft-summer': draft({}) })).toHaveLength(1);
  });

  test.each([{ activeVersion: 2 }, { activeVersion: 1 }])(
    'nothing is live while it is off: %j',
    (changes) => {
      const all = options(changes, {}, false);
      expect(all.filter(({ label }) => label.includes('live'))).toEqual([]);
      expect(all.filter(({ serves }) => serves).map(({ label }) => label)).toEqual([
        `Summer, version ${changes.activeVersion} (waits while off)`,
      ]);
    },
  );

  test('another impact is a list of its own, and leaves the others as they are', () => {
    const edits = [{ path: 'impact', before: 25, after: 50 }];
    const all = options({ activeVersion: 1, changes: [{ path: 'impact', before: 70, after: 50 }], edits });
    // Of a version what it was made with, of the draft what it has now.
    expect(all.map(({ what, impact }) => [what, impact])).toEqual([
      ['Summer, version 2', 25],
      ['Summer, version 1', 70],
      ['Summer, draft', 50],
    ]);
    const [, live] = all;
    for (const impact of [0, 25, 100])
      expect(triedImpact(live ? [live] : [], impact)).toMatchObject({
        key: 'summer:active@impact',
        label: `Summer, version 1 at impact ${impact}`,
        serves: false,
        variant: { model: 'summer', state: 'active', impact },
      });
    expect(live?.variant).not.toHaveProperty('impact');
    expect(triedImpact(all, 25)).toBe(null);
    expect(triedImpact(all.slice(0, 1), null)).toBe(null);
    expect(triedImpact([], 25)).toBe(null);
  });

  test('stands what was asked for, else what serves, else what is trained, else nothing', () => {
    const keys = (all: ReturnType<typeof options>, wanted: string[]) =>
      chosenOptions(all, wanted).map(({ key }) => key);
    const both = options({ activeVersion: 1 });
    expect(keys(both, ['summer', 'gone'])).toEqual(['summer']);
    expect(keys(both, [])).toEqual(['summer:active']);
    expect(keys(options({}), ['gone'])).toEqual(['summer']);
    expect(keys(options({ currentVersion: null }), ['summer'])).toEqual([]);
  });
});
