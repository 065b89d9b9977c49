// Profiles are read before the search that needs them: of users who were heard of, and of products that were clicked.
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import type { ActiveModel } from '../../src/core/model/model.js';
import {
  COHORT_DEFINITIONS_ID,
  groupId,
  individualId,
  type ProfileDocument,
  populationId,
  productId,
} from '../../src/core/profile/profile.js';
import { createReadAhead } from '../../src/profiles/read-ahead.js';
import { activeModel, brandModel, brandProfile } from '../helpers/brand-shop.js';
import { eventually } from '../helpers/eventually.js';

const documents = new Map<string, ProfileDocument>([
  [populationId(null), brandProfile('population', 'all', [['acme', 9]])],
  [
    individualId('ann'),
    {
      ...brandProfile('individual', 'ann', [['acme', 9]]),
      cohort: 'young',
      products: [['p1', 3, 9, null]],
    },
  ],
]);

function reader(model = brandModel({ products: { buyAgain: 0, related: 50 } })) {
  let active: ActiveModel | null = activeModel(model);
  const asked: { index: string; id: string }[] = [];
  const errors: unknown[] = [];
  const state = { failing: false };
  const readAhead = createReadAhead({
    async readProfiles(index, ids) {
      asked.push(...ids.map((id) => ({ index, id })));
      if (state.failing) throw new Error('down');
      return ids.map((id) => documents.get(id) ?? null);
    },
    active: () => (active ? [active] : []),
    onError: (error) => errors.push(error),
  });
  return {
    ...readAhead,
    state,
    errors,
    asked: (index = 'profiles') => asked.filter((each) => each.index === index).map(({ id }) => id),
    activate(next: ActiveModel | null) {
      active = next;
      if (next) readAhead.activated(next);
    },
  };
}

describe('a contact', () => {
  test('with a user reads all that their search will need: cohort and neighbours too', async () => {
    const { contact, asked } = reader();
    contact({ userIds: ['ann'] });
    const needed = [populationId(null), individualId('ann'), groupId('young', null), productId('p1')];
    await eventually(async () => expect(asked().sort()).toEqual(needed.sort()));
  });

  test('with a product reads its neighbours, where the model follows them', async () => {
    const { contact, asked } = reader();
    contact({ userIds: [], objectIds: ['p7', 'p7'] });
    await eventually(async () => expect(asked()).toEqual([productId('p7')]));
    const without = reader(brandModel({ products: { buyAgain: 0, related: 0 } }));
    without.contact({ userIds: [], objectIds: ['p7'] });
    await wait(20);
    expect(without.asked()).toEqual([]);
  });

  test('again within a minute reads nothing, unless the read had failed', async () => {
    const { contact, asked, state } = reader();
    state.failing = true;
    contact({ userIds: ['bob'] });
    await eventually(async () => expect(asked()).toContain(individualId('bob')));
    await wait(20);
    state.failing = false;
    for (let times = 0; times < 3; times += 1) {
      contact({ userIds: ['bob'] });
      await wait(20);
    }
    expect(asked().filter((id) => id === individualId('bob'))).toHaveLength(2);
  });

  test('without an active model reads nothing', async () => {
    const { contact, activate, asked } = reader();
    activate(null);
    contact({ userIds: ['ann'], objectIds: ['p1'] });
    await wait(20);
    expect(asked()).toEqual([]);
  });
});

test('a burst is read in parts with pauses, and what is too much is left to its searches', async () => {
  const { contact, asked } = reader();
  const individuals = () => asked().filter((id) => id.startsWith('individual:'));
  contact({ userIds: Array.from({ length: 5_000 }, (_, n) => `u${n}`) });
  expect(individuals()).toHaveLength(16);
  await eventually(async () => expect(individuals().length).toBeGreaterThanOrEqual(48));
  await eventually(async () => expect(individuals()).toHaveLength(200));
  contact({ userIds: ['late'] });
  await eventually(async () => expect(individuals()).toContain(individualId('late')));
});

test('a version that becomes active is read for those who were heard of, as their next search is a first one', async () => {
  const { contact, activate, asked, errors } = reader();
  contact({ userIds: ['ann'] });
  await eventually(async () => expect(asked()).toContain(productId('p1')));
  const model = brandModel({ group: { by: 'behavioral' } });
  activate({ ...activeModel(model), version: 2, profileIndex: 'profiles-2' });
  await eventually(async () =>
    expect(asked('profiles-2')).toEqual(
      expect.arrayContaining([populationId(null), COHORT_DEFINITIONS_ID, individualId('ann')]),
    ),
  );
  expect(errors).toEqual([]);
});

test('a new version whose profiles cannot be read is told', async () => {
  const { activate, errors, state } = reader();
  state.failing = true;
  activate({ ...activeModel(), profileIndex: 'gone' });
  await eventually(async () => expect(errors).toHaveLength(1));
});
