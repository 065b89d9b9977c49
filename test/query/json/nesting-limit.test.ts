// Texts that nest too deep, whatever they hide it behind.
import { expect, test } from '@jest/globals';
import { nestsDeeper } from '../../../src/query/json/nesting-limit.js';

const deep = (depth: number, open = '[', close = ']') => open.repeat(depth) + close.repeat(depth);

test.each<[boolean, string]>([
  [false, ''],
  [false, '{"query":{"match_all":{}}}'],
  [false, deep(100)],
  [true, deep(101)],
  [false, deep(50, '{"a":[', ']}')],
  [true, deep(51, '{"a":[', ']}')],
  [true, '['.repeat(101)],
  [false, '[]'.repeat(1_000)],
  [false, `{"a":"${'['.repeat(1_000)}"}`],
  [false, `{"a":"\\"${'['.repeat(1_000)}"}`],
  [true, `{"a":"\\\\"${'['.repeat(1_000)}"}`],
  // A text that does not end hides nothing in the next line.
  [true, `{"a\n{}\n${deep(101)}\n`],
  [true, `{"a\\\n${deep(101)}\n`],
  // A close without an open is no credit.
  [true, `${']'.repeat(1_000)}${deep(101)}`],
  // What engines read beside JSON, and does not begin or end texts where JSON does.
  [true, `{/*"*/"a":${deep(101)}}`],
  [true, `{"a":1 // "\n,"b":${deep(101)}}`],
  [true, `{'":':${deep(101)}}`],
  [true, `\ufeff{"a":"\\ufeff","b":${deep(101)}}`],
  [false, `{/*"*/"a":${deep(99)}}`],
  [false, `{/*"*/"a":"b"}`],
  // A word that is none hides nothing.
  [false, `query\n${'{"a":[]}\n'.repeat(100)}`],
])('%j: %.60s', (expected, text) => {
  expect(nestsDeeper(Buffer.from(text))).toBe(expected);
});

test('in UTF-16, quotes within other characters hide nothing', () => {
  const text = Buffer.from(`{"∀":${deep(101)}}`, 'utf16le');
  expect(nestsDeeper(text)).toBe(true);
  expect(nestsDeeper(text.swap16())).toBe(true);
  expect(nestsDeeper(Buffer.from('{"∀":[]}', 'utf16le'))).toBe(false);
});
