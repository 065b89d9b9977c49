// Ids in headers: UTF-8 and Latin-1 are both on the wire, and no two people may become one.
import { expect, test } from '@jest/globals';
import { identityFromHeaders } from '../../../src/search/request/kindred-headers.js';

/** As Node gives header bytes: a character each. */
const asSent = (id: string, encoding: 'utf8' | 'latin1') => Buffer.from(id, encoding).toString('latin1');

test.each(['utf8', 'latin1'] as const)('ids with accents stay apart, sent in %s', (encoding) => {
  for (const id of ['müller', 'möller'])
    expect(identityFromHeaders({ 'x-user-id': asSent(id, encoding) })).toEqual({ userId: id });
});
