// How far a product moved, what moved it, and why a search was not personalized, in words.
import { describe, expect, test } from '@jest/globals';
import { factorText, moveOf, profileWords } from '../../src/console/lib/words/boost-words.js';
import { skipReasonWords } from '../../src/console/lib/words/skip-reason-words.js';

describe('words', () => {
  test.each([
    [1, 12, '▲ 11', '11 places up, from 12', 'good'],
    [2, 3, '▲ 1', '1 place up, from 3', 'good'],
    [5, 2, '▼ 3', '3 places down, from 2', 'bad'],
    [4, 4, '=', 'where it is without personalization', 'neutral'],
    [7, null, '▲ 500+', 'up from behind the first 500', 'good'],
  ] as const)('from %j to %j: %s', (rank, without, mark, words, tone) => {
    expect(moveOf(rank, without)).toEqual({ mark, words, tone });
  });

  test('factors and the profiles they come from', () => {
    expect(factorText(1.349)).toBe('×1.35');
    expect(profileWords(['individual', 'group'])).toBe('their history and shoppers like them');
  });

  test('a reason of the proxy has words; one of a newer proxy stands for itself', () => {
    expect(skipReasonWords('no-identity')).toBe('nobody is known to be searching');
    expect(skipReasonWords('toString')).toBe('toString');
    expect(skipReasonWords('of-tomorrow')).toBe('of-tomorrow');
  });
});
