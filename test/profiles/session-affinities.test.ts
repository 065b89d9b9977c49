// A click in the session counts for the band that its product's number has in the scope of the search.
import { expect, test } from '@jest/globals';
import { type ProfileDocument, populationId, profileDocumentSchema } from '../../src/core/profile/profile.js';
import { planBoosts } from '../../src/profiles/plan-boosts.js';
import { activeModel, brandModel, mustRead, readFrom } from '../helpers/brand-shop.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const active = activeModel(brandModel({ globalAffinityFields: [{ field: 'price', weight: 100 }] }));

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
  const product = { objectId: 'p', categories: ['shoes'], values: new Map([['price', [price]]]) };
  const visitor = await mustRead({
    active,
    identity: { sessionId: 's' },
    category,
    readProfiles: readFrom(documents),
    readSession: async () => [{ action: 'click', timestamp: NOW, product }],
    now: () => NOW,
  });
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
