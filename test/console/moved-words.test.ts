// Where a product went when a cause was switched off, in words.
import { expect, test } from '@jest/globals';
import { movedWithoutWords } from '../../src/console/lib/words/moved-words.js';

const looked = { lookedAt: 100 };

test.each([
  [{ before: 3, after: 31, raised: true }, 'was at 3, now at 31.'],
  [{ before: 21, after: 9, raised: false }, 'was at 21, now at 9.'],
  [{ before: 21, after: 31, raised: false }, /^was at 21, now at 31: .*others gained more/],
  [{ before: 21, after: null, raised: true }, 'was at 21, now behind the first 100.'],
  [{ before: 10, after: 9, raised: false }, /^was at 10, now at 9: .*hardly moves it, other reasons remain/],
  [{ before: 1, after: 1, raised: true }, /^still at 1: .*other reasons remain/],
])('%j', (moved, words) => {
  const told = movedWithoutWords({ ...moved, ...looked });
  if (typeof words === 'string') expect(told).toBe(words);
  else expect(told).toMatch(words);
});
