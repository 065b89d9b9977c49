// A bulk request passes when each of its actions is one of a listed index, for whoever reads it.
import { describe, expect, test } from '@jest/globals';
import { checkBulk, checkWriteParameters } from '../../../src/search/request/passed-writes.js';

const writable = new Set(['products', 'products-de']);
const check = (body: string | Buffer, index: string | null = null) =>
  checkBulk(Buffer.from(body), { index, writable });
const IN = '{"index":{"_index":"products","_id":"1"}}';
const OUT = '{"index":{"_index":"other"}}';

test.each<[string, string, string | null]>([
  ['every action', `${IN}\n{}\n{"create":{"_index":"products-de"}}\n{}\n`, null],
  ['an update and a deletion', '{"update":{"_id":"1"}}\n{"doc":{}}\n{"delete":{"_id":"2"}}\n', 'products'],
  ['a deletion before an index', `{"delete":{"_index":"products","_id":"2"}}\n${IN}\n{}\n`, null],
  ['lines that hold nothing between', `\n \t\r\n${IN}\r\n{}\r\n\n{"delete":{"_id":"2"}}\n\n`, 'products'],
  ['a source that looks like an action', `${IN}\n${OUT}\n`, null],
  ['another listed index than the path', `${IN}\n{}\n`, 'products-de'],
  ['a name in escapes', '{"index":{"_index":"product\\u0073"}}\n{}\n', null],
  [
    'all that may stand beside',
    '{"update":{"_index":"products","_id":"1","routing":"a","if_seq_no":1,"if_primary_term":1,"retry_on_conflict":2,"require_alias":false,"_source":["a"]}}\n{}\n',
    null,
  ],
  ['nothing at all', '', null],
])('%s passes', (_, body, index) => {
  expect(() => check(body, index)).not.toThrow();
});

test.each<[string, string | Buffer, string | null, number]>([
  ['another index', `${IN}\n{}\n${OUT}\n{}\n`, null, 3],
  ['another index than the path', `${OUT}\n{}\n`, 'products', 1],
  ['no index at all', '{"index":{}}\n{}\n', null, 1],
  ['an action where a source was left out', `{"delete":{"_id":"1"}}\n${OUT}\n{}\n`, 'products', 2],
  ['an empty source, then another index', `${IN}\n\n${OUT}\n{}\n`, null, 3],
  ['the last line without its end', `${IN}\n{}\n${OUT}`, null, 3],
  ['two actions in a line', '{"index":{},"delete":{"_index":"other","_id":"1"}}\n{}\n', 'products', 1],
  ['something behind an action', `${IN}${OUT}\n{}\n`, null, 1],
  ['an index twice', '{"index":{"_index":"products","_index":"other"}}\n{}\n', null, 1],
  [
    'an index twice, once in escapes',
    '{"index":{"_index":"products","_inde\\u0078":"other"}}\n{}\n',
    null,
    1,
  ],
  ['an alias or pattern', '{"index":{"_index":"products*"}}\n{}\n', null, 1],
  ['two names', '{"index":{"_index":"products,other"}}\n{}\n', null, 1],
  ['another case', '{"index":{"_index":"Products"}}\n{}\n', null, 1],
  ['no name', '{"index":{"_index":null}}\n{}\n', null, 1],
  ['names in a list', '{"index":{"_index":["products"]}}\n{}\n', 'products', 1],
  ['a pipeline', '{"index":{"_index":"products","pipeline":"elsewhere"}}\n{}\n', null, 1],
  ['a member nobody knows', '{"index":{"_index":"products","__proto__":{"_index":"other"}}}\n{}\n', null, 1],
  ['an action nobody knows', '{"INDEX":{"_index":"products"}}\n{}\n', null, 1],
  ['a comment', `// "\n${IN}\n{}\n`, null, 1],
  ['a comment in an action', '{"index":/*"*/{"_index":"products"}}\n{}\n', null, 1],
  ['another kind of quote', "{'index':{'_index':'products'}}\n{}\n", null, 1],
  ['no object', '[]\n{}\n', 'products', 1],
  ['an action that is no object', '{"index":"products"}\n{}\n', 'products', 1],
  ['a byte order mark', `\u{feff}${OUT}\n{}\n`, 'products', 1],
  ['UTF-16', Buffer.from(`${IN}\n{}\n`, 'utf16le'), null, 1],
  ['what is not UTF-8', Buffer.from('{"index":{"_index":"products","_id":"\xff"}}\n{}\n', 'latin1'), null, 1],
  ['another space', `\f${IN}\n{}\n`, null, 1],
])('%s is refused, with its line', (_, body, index, line) => {
  expect(() => check(body, index)).toThrow(
    expect.objectContaining({
      code: 'write-not-passed',
      status: 403,
      message: expect.stringContaining(`line ${line} of`),
    }),
  );
});

describe('the URL of a write', () => {
  test.each(['', '?', '?refresh=true&routing=a%20b', '?pretty;filter_path=items.*.error'])(
    '%s passes',
    (url) => {
      expect(() => checkWriteParameters(url)).not.toThrow();
    },
  );

  test.each([
    '?index=other',
    '?in%64ex=other',
    '?refresh;index=other',
    '?pipeline=elsewhere',
    '?%zz=1',
    '?source=%7B%7D',
  ])('%s is refused', (url) => {
    expect(() => checkWriteParameters(url)).toThrow(expect.objectContaining({ code: 'write-not-passed' }));
  });
});
