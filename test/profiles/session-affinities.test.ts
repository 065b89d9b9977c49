// A click in the session counts for the band that its product's number has in the scope of the search.
import { expect, test } from '@jest/globals';
import { modelSchema } from '../../src/core/model/model.js';
import { type ProfileDocument, populationId, profileDocumentSchema } from '../../src/core/profile/profile.js';
import { planBoosts } from '../../src/profiles/plan-boosts.js';
import { readInTime } from '../helpers/search-context.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const model = modelSchema.parse({
  id: 'm',
  name: 'M',
  globalAffinityFields: [{ field: 'price', weight: 100 }],
  eventWeights: [{ event: 'view', weight: 100 }],
});
const active = { model, version: 1, profileIndex: 'p', multiValuedFields: [] };

function population(category: string | null, values: [string, number][]): [string, ProfileDocument] {
  const total = values.reduce((sum, [, x]) => sum + x, 0);
  const scopes = [{ category, fields: [{ field: 'price', total, bands: true, values }] }];
  const document = { kind: 'population', key: 'all', people: 9, events: 9, scopes };
  return [populationId(category), profileDocumentSchema.parse(document)];
}
const documents = new Map([
  population(null, [
    ['..50', 900],
    ['50..', 100],
  ]),
  population('shoes', [
    ['..10', 5],
    ['10..20', 5],
    ['20..', 5],
  ]),
]);

async function planAfterSeeing(price: string, category: string | null) {
  const product = { objectId: 'p', category: 'shoes', values: new Map([['price', [price]]]) };
  const visitor = await readInTime({
    active,
    identity: { sessionId: 's' },
    category,
    readProfiles: async (_index, ids) => ids.map((id) => documents.get(id) ?? null),
    readSession: async () => [{ action: 'click', timestamp: NOW, product }],
    deadlineMs: 5_000,
    now: () => NOW,
  });
  if (typeof visitor === 'string') throw new Error(visitor);
  return planBoosts(active, visitor, 50, NOW).boosts.map(({ value, range, profile }) => ({
    value,
    range,
    profile,
  }));
}

test.each([
  ['12.5', 'shoes', '10..20', { gte: 10, lt: 20 }],
  ['20', 'shoes', '20..', { gte: 20 }],
  ['12.5', null, '..50', { lt: 50 }],
])('a product of %s, looked at among %s, is %s', async (price, category, value, range) => {
  expect(await planAfterSeeing(price, category)).toEqual([{ value, range, profile: 'session' }]);
});

test('what is no number says nothing', async () => {
  expect(await planAfterSeeing('call us', 'shoes')).toEqual([]);
});
