// Per-request wishes in the header and the URL, and that every byte that is not ours stays.
import { describe, expect, test } from '@jest/globals';
import { parseHeader, takeParameters } from '../../../src/search/request/kindred-headers.js';

describe('the X-Kindred header', () => {
  test.each([
    [undefined, {}],
    ['off', { off: true }],
    ['impact=80; model=summer; explain', { impact: 80, model: 'summer', explain: true }],
    [' explain ;', { explain: true }],
  ])('%s', (header, expected) => {
    expect(parseHeader(header)).toEqual(expected);
  });

  test.each(['impact=101', 'impact=', 'impact=abc', 'on', 'model=', 'explain=maybe'])(
    '%s is refused',
    (header) => {
      expect(() => parseHeader(header)).toThrow(
        expect.objectContaining({ status: 400, code: 'invalid-directive' }),
      );
    },
  );
});

describe('URL parameters', () => {
  test.each([
    ['', {}, ''],
    ['?q=a+b&pretty', {}, '?q=a+b&pretty'],
    ['?kindred=off', { off: true }, ''],
    ['?a=%20&kindred_impact=0&b', { impact: 0 }, '?a=%20&b'],
    ['?kindred_explain&kindred_model=summer', { explain: true, model: 'summer' }, ''],
    ['?kindred_explain=false&explain=true', {}, '?explain=true'],
    ['?kindred%5Fimpact=80&q=%20', { impact: 80 }, '?q=%20'],
    ['?a=1;kindred=off;b', { off: true }, '?a=1&b'],
    ['?a=%20;b', {}, '?a=%20;b'],
    ['?%6bindred=off&%zz', { off: true }, '?%zz'],
    ['?q=kindred&xkindred=1', {}, '?q=kindred&xkindred=1'],
  ])('%s', (search, directives, rest) => {
    expect(takeParameters(search)).toEqual({ directives, search: rest });
  });

  test.each(['?kindred=maybe', '?kindred_impact=-1', '?kindred_explain=2'])('%s is refused', (search) => {
    expect(() => takeParameters(search)).toThrow(expect.objectContaining({ status: 400 }));
  });
});
