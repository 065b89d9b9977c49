// What is typed into a field for 0 to 100: a number, or words on what is wrong; never another number than was typed.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readTypedNumber } from '../../src/console/lib/model/typed-number.js';

describe('what is typed', () => {
  test.each([
    ['50', 50],
    [' 0 ', 0],
    ['100', 100],
    ['33.33', 33.33],
    ['33,5', 33.5],
    ['.5', 0.5],
    ['007', 7],
    ['-0', 0],
    ['+3', 3],
  ])('%j is %d', (text, number) => expect(readTypedNumber(text, 20)).toEqual({ number }));

  test.each([
    ['101', '101 is more than 100: 20 stays.'],
    ['999', '999 is more than 100: 20 stays.'],
    ['100.01', '100.01 is more than 100: 20 stays.'],
    ['-5', '-5 is less than 0: 20 stays.'],
    ['−5', '−5 is less than 0: 20 stays.'],
    ['abc', '“abc” is not a number: 20 stays.'],
    ['5 0', '“5 0” is not a number: 20 stays.'],
    ['1e1', '“1e1” is not a number: 20 stays.'],
    ['1,000.5', '“1,000.5” is not a number: 20 stays.'],
    ['٣', '“٣” is not a number: 20 stays.'],
    ['33.333', '33.333 has more than two decimals: 20 stays.'],
    ['', 'Nothing was typed: 20 stays.'],
    ['9'.repeat(40), '99999999999… is more than 100: 20 stays.'],
  ])('%j is told: %s', (text, wrong) => expect(readTypedNumber(text, 20)).toEqual({ wrong }));

  test('a number is the one that was typed, within the bounds, or none', () => {
    fc.assert(
      fc.property(fc.double({ min: -1_000, max: 1_000, noNaN: true }), (number) => {
        const typed = String(Math.round(number * 100) / 100);
        const read = readTypedNumber(typed, 20);
        if ('number' in read) expect(read.number).toBe(Math.abs(Number(typed)));
        expect('number' in read).toBe(Number(typed) >= 0 && Number(typed) <= 100);
      }),
    );
  });
});
