// What can be shown beside OFF in a preview.
import { describe, expect, test } from '@jest/globals';
import { chosenOptions, variantOptions } from '../../src/console/lib/preview/variant-options.js';
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
  const options = (changes: object, drafts: Record<string, string> = {}) =>
    variantOptions([model(changes)], {
      getItem: (name) => drafts[name] ?? null,
      setItem() {},
      removeItem() {},
    });
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
