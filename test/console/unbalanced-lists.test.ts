// Lists of a configuration that do not total 100.
import { describe, expect, test } from '@jest/globals';
import { unbalancedLists } from '../../src/console/pages/configure/draft/unbalanced-lists.js';
import { modelSchema } from '../../src/core/model/model.js';

const model = modelSchema.parse({
  id: 'summer',
  name: 'Summer',
  globalAffinityFields: [
    { field: 'brand', weight: 60 },
    { field: 'color', weight: 40 },
  ],
  categoryOverrides: [{ categories: ['shoes', 'shirts', 'hats'], fields: [{ field: 'size', weight: 100 }] }],
  eventWeights: [{ event: 'purchase', weight: 100 }],
});

describe('totals that stand in the way of saving', () => {
  test('none when every list is at 100, and an override without fields is no list', () => {
    expect(unbalancedLists(model)).toEqual([]);
    expect(unbalancedLists({ ...model, categoryOverrides: [{ categories: ['shoes'], fields: [] }] })).toEqual(
      [],
    );
  });

  test('each by its name', () => {
    const open = unbalancedLists({
      ...model,
      globalAffinityFields: [{ field: 'brand', weight: 99 }],
      categoryOverrides: [
        { categories: ['shoes', 'shirts', 'hats'], fields: [{ field: 'size', weight: 110 }] },
        { categories: [], fields: [{ field: 'size', weight: 50 }] },
      ],
      eventWeights: [],
    });
    expect(open).toEqual([
      'Affinity fields total 99: 1 left',
      'Fields of shoes, shirts and 1 more total 110: 10 too much',
      'Fields of override 2 total 50: 50 left',
      'Event weights total 0: 100 left',
    ]);
  });
});
