// Counts in words: the right number of the noun, thousands set apart.
import { expect, test } from '@jest/globals';
import { formatCount } from '../../src/core/format-count.js';

test.each([
  [0, '0 events'],
  [1, '1 event'],
  [2, '2 events'],
  [20_000, '20,000 events'],
])('%i is %s', (count, words) => {
  expect(formatCount(count, 'event')).toBe(words);
});

test('a plural of its own', () => {
  expect([1, 2].map((count) => formatCount(count, 'person', 'people'))).toEqual(['1 person', '2 people']);
});
