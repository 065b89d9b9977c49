// Headers that a client sends twice: everything that Kindred reads of a request's headers takes them as one.
import { expect, test } from '@jest/globals';
import { createTrust } from '../../../src/http/proxy/server-key.js';
import { identityFromHeaders, sentOnce } from '../../../src/search/request/kindred-headers.js';

test.each([
  ['off, off', 'off'],
  ['impact=80; explain, impact=80; explain', 'impact=80; explain'],
  ['a, b', 'a, b'],
  ['a,a', 'a,a'],
  ['a, a, a', 'a, a, a'],
  ['ann', 'ann'],
  [', ', ''],
  [',', ','],
  ['', ''],
])('"%s" is "%s"', (value, once) => {
  expect(sentOnce(value)).toBe(once);
});

test('keys and ids', () => {
  const headers = {
    'x-kindred-key': 'srv_key_1, srv_key_1',
    'x-user-id': 'ann, ann',
    'x-session-id': 's1, s2',
  };
  expect(createTrust(['srv_key_1'])({ headers })).toBe(true);
  expect(() => createTrust(['srv_key_1'])({ headers: { 'x-kindred-key': 'srv_key_1, other' } })).toThrow();
  expect(identityFromHeaders(headers)).toEqual({ userId: 'ann', sessionId: 's1, s2' });
});
