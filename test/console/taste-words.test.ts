// Shares of values, and how sure a taste is, in words.
import { expect, test } from '@jest/globals';
import { shareText, sureWords } from '../../src/console/lib/words/taste-words.js';

test.each([
  [0, '0 %'],
  [0.259, '25.9 %'],
  [1, '100.0 %'],
  [0.0006, '0.1 %'],
  [0.00027, '0.03 %'],
  [0.0000304, '0.003 %'],
  [0.000001, 'under 0.001 %'],
])('a share of %d is %s', (share, words) => expect(shareText(share)).toBe(words));

test.each([
  [0, 'a guess, from'],
  [4, 'a guess, from'],
  [5, 'likely, from'],
  [19, 'likely, from'],
  [20, 'sure, from'],
])('%d events are %s', (events, words) => expect(sureWords(events)).toBe(words));
