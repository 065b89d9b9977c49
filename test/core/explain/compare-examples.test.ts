// The order of examples: searches by words first, then by the number that is shown.
import { expect, test } from '@jest/globals';
import { compareExamples } from '../../../src/core/explain/compare-examples.js';

test.each([
  [
    ['shirt 0 0.9', 'shirt 1 0.1'],
    ['shirt 1 0.1', 'shirt 0 0.9'],
  ],
  [
    [' 9 0.9', 'shirt 1 0.1'],
    ['shirt 1 0.1', ' 9 0.9'],
  ],
  [
    [' 6 0.5', ' 7 0.2', ' 6 0.8'],
    [' 7 0.2', ' 6 0.8', ' 6 0.5'],
  ],
])('%j', (examples, ordered) => {
  const parsed = examples.map((text) => {
    const [query = '', others, change] = text.split(' ');
    return { text, query, others: Number(others), change: Number(change) };
  });
  expect(parsed.sort(compareExamples).map(({ text }) => text)).toEqual(ordered);
});
