// Item-to-item by owners is the same number as the sum of cosines over pairs.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { itemToItem } from '../../src/evaluation/methods/item-to-item.js';
import type { Query } from '../../src/evaluation/tasks/judged-query.js';

const COUNT = 8;

const query = (items: readonly number[]): Query => ({
  subject: 'p',
  userId: 'p',
  category: 'c',
  candidates: [...Array(COUNT).keys()],
  own: { items, worths: items.map(() => 1) },
  clicked: [],
  sessionEvents: [],
  now: 0,
  labels: [],
});

test('the sum of cosines over the products one has, for one person after the other', () => {
  const items = fc.uniqueArray(fc.nat(COUNT - 1), { maxLength: 6 });
  fc.assert(
    fc.property(fc.array(items, { minLength: 1, maxLength: 8 }), fc.array(items), (owners, people) => {
      const histories = owners.map((had) => ({ items: had, worths: had.map(() => 1) }));
      const method = itemToItem(histories, COUNT, ({ own }) => own.items);
      const owning = (...wanted: number[]) =>
        owners.filter((had) => wanted.every((item) => had.includes(item))).length;
      for (const own of people) {
        const scores = method.score(query(own)) as Float64Array;
        for (const candidate of query(own).candidates) {
          const cosines = own.map((item) => {
            const both = owning(item, candidate);
            return both === 0 ? 0 : both / Math.sqrt(owning(item) * owning(candidate));
          });
          expect(scores[candidate]).toBeCloseTo(
            cosines.reduce((sum, cosine) => sum + cosine, 0),
            9,
          );
        }
      }
    }),
  );
});
