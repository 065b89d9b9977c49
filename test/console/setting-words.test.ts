// Changed settings in words, and which of them two colleagues changed differently.
import { describe, expect, test } from '@jest/globals';
import { changeWords } from '../../src/console/lib/words/setting-words.js';
import { conflicts } from '../../src/console/pages/configure/draft/save-conflicts.js';

describe('a change', () => {
  test.each([
    ['globalAffinityFields.brand.keyword.weight', 50, 30, ['Affinity field brand.keyword', '50', '30']],
    ['categoryOverrides.shoes.size.weight', null, 60, ['Category override shoes.size', 'none', '60']],
    ['eventWeights.store_visit.weight', 5, null, ['Event store_visit', '5', 'none']],
    ['profiles.group', true, false, ['Group profile', 'on', 'off']],
    ['group.attributes', [], ['age', 'income'], ['Group attributes', 'none', 'age, income']],
    ['timeDecay', '180d', 'all', ['Time decay', 'Last 180 days', 'Everything']],
    ['something.new', 1, 2, ['something.new', '1', '2']],
  ])('%s', (path, before, after, [what, was, is]) => {
    expect(changeWords({ path, before, after })).toEqual({ what, before: was, after: is });
  });

  test('is a conflict when two colleagues chose different values, not when they chose one', () => {
    const change = (path: string, after: unknown) => ({ path, before: 0, after });
    const mine = [change('impact', 80), change('name', 'A'), change('products.related', 5)];
    const theirs = [change('impact', 20), change('name', 'A'), change('timeDecay', '7d')];
    expect(conflicts(mine, theirs)).toEqual(new Set(['impact']));
  });
});
