// The scanner agrees with a strict JSON reader on what is valid, and knows where members are.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ScanOutcome, scanDocument } from '../../../src/query/json/json-document.js';
import { documentOf } from '../document-of.js';
import { objectDocument, valueText } from '../json-text.js';

const scanText = (text: string): ScanOutcome => scanDocument(Buffer.from(text));
const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('scanDocument', () => {
  test('finds every member of oddly written documents, byte for byte', () => {
    fc.assert(
      fc.property(objectDocument, fc.constantFrom('', ' ', '\r\n'), ({ text, members }, around) => {
        const bytes = Buffer.from(around + text + around);
        const scan = scanDocument(bytes);
        if (!scan.ok) throw new Error(`${scan.reason} at ${scan.offset}`);
        const slice = (start: number, end: number) => bytes.toString('utf8', start, end);
        const { start, end } = scan.document.span()!;
        expect(slice(start, end)).toBe(text);
        const found = scan.document.members().map(({ key, keyStart, start, end }) => ({
          key,
          atKey: slice(keyStart, keyStart + 1),
          valueText: slice(start, end),
        }));
        expect(found).toEqual(members.map(({ key, valueText }) => ({ key, atKey: '"', valueText })));
      }),
      { numRuns: 300 },
    );
  });

  test('finds the members of an object inside another', () => {
    fc.assert(
      fc.property(objectDocument, valueText, ({ text, members }, other) => {
        const document = documentOf(`{"before":${other},"inner":${text}}`);
        const inner = document.members('inner');
        expect(inner.map(({ key }) => key)).toEqual(members.map(({ key }) => key));
        expect(inner.map(({ start, end }) => document.bytes.toString('utf8', start, end))).toEqual(
          members.map(({ valueText }) => valueText),
        );
      }),
      { numRuns: 100 },
    );
  });

  test('accepts after one random change only what JSON.parse accepts', () => {
    const change = fc.constantFrom(
      '',
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '0',
      '-',
      '.',
      'e',
      '\u0001',
      ' ',
      'x',
    );
    fc.assert(
      fc.property(objectDocument, fc.nat(), fc.nat(2), change, ({ text }, at, drop, insert) => {
        const start = at % (text.length + 1);
        const changed = text.slice(0, start) + insert + text.slice(start + drop);
        const scan = scanText(changed);
        if (!scan.ok && scan.reason === 'duplicate-key') return;
        expect({ changed, ok: scan.ok }).toEqual({ changed, ok: parsesAsObject(changed) });
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['', 'not-an-object'],
    ['  ', 'not-an-object'],
    ['[]', 'not-an-object'],
    ['"query"', 'not-an-object'],
    ['\ufeff{}', 'not-an-object'],
    ['{"a":1} x', 'malformed'],
    ['{"a":1}{"a":1}', 'malformed'],
    ['{"a":1,}', 'malformed'],
    ['{,"a":1}', 'malformed'],
    ['{"a" 1}', 'malformed'],
    ['{"a":01}', 'malformed'],
    ['{"a":+1}', 'malformed'],
    ['{"a":.5}', 'malformed'],
    ['{"a":1.}', 'malformed'],
    ['{"a":1e}', 'malformed'],
    ['{"a":NaN}', 'malformed'],
    ['{"a":nul}', 'malformed'],
    ['{"a":"\t"}', 'malformed'],
    ['{"a":"\\x41"}', 'malformed'],
    ['{"a":"\\u00g0"}', 'malformed'],
    ['{"a":"', 'malformed'],
    ['{"a":[1,2', 'malformed'],
    ['{/* */"a":1}', 'malformed'],
    ["{'a':1}", 'malformed'],
    ['{"a":1,"a":1}', 'duplicate-key'],
    ['{"query":1,"qu\\u0065ry":2}', 'duplicate-key'],
    ['{"a":[{"b":1,"c":2,"b":3}]}', 'duplicate-key'],
  ])('refuses %s as %s', (text, reason) => {
    expect(scanText(text)).toMatchObject({ ok: false, reason });
  });

  test('says where it stopped', () => {
    expect(scanText('{"a":1,"b":?}')).toEqual({ ok: false, reason: 'malformed', offset: 11 });
  });

  test('refuses bytes that are not UTF-8, UTF-16 among them', () => {
    expect(scanDocument(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toMatchObject({
      reason: 'not-utf8',
    });
    expect(scanDocument(Buffer.from('{"a":"\0"}', 'utf16le'))).toMatchObject({ ok: false });
    // an overlong encoding of the quote
    expect(scanDocument(Buffer.from('7b22c0a2223a317d', 'hex'))).toMatchObject({ reason: 'not-utf8' });
  });

  test('refuses bytes that are not UTF-8 wherever they are', () => {
    const wrong = fc.constantFrom('ff', 'c0a2', 'eda080', 'f4908080', 'e282', '80');
    fc.assert(
      fc.property(objectDocument, fc.nat(), wrong, ({ text }, at, hex) => {
        const bytes = Buffer.from(text);
        const start = at % (bytes.length + 1);
        const parts = [bytes.subarray(0, start), Buffer.from(hex, 'hex'), bytes.subarray(start)];
        const scan = scanDocument(Buffer.concat(parts));
        // A broken byte beside one of a whole character can complete it; nothing else is taken.
        const broken = Buffer.concat(parts).toString().includes('\ufffd');
        if (broken) expect(scan).toMatchObject({ ok: false, reason: 'not-utf8' });
        else expect(parsesAsObject(Buffer.concat(parts).toString())).toBe(scan.ok);
      }),
      { numRuns: 500 },
    );
  });

  test('refuses a key that is there twice, however deep and however written', () => {
    const spellings = fc.constantFrom('"key"', '"k\\u0065y"', '"\\u006Bey"');
    const depth = fc.array(fc.constantFrom('{"a":', '[1,', '{"a":{},"b":'), { maxLength: 60 });
    fc.assert(
      fc.property(depth, spellings, spellings, valueText, (path, one, other, value) => {
        const closing = path.map((opening) => (opening.startsWith('{') ? '}' : ']')).reverse();
        const nest = (inner: string) => `{"top":${path.join('')}${inner}${closing.join('')}}`;
        expect(scanText(nest(`{${one}:${value},${other}:${value}}`))).toMatchObject({
          ok: false,
          reason: 'duplicate-key',
        });
        expect(scanText(nest(`{${one}:${value},"KEY":${value}}`))).toMatchObject({ ok: true });
      }),
      { numRuns: 300 },
    );
  });

  test('takes the depth and size it is told', () => {
    expect(scanText(nested(100)).ok).toBe(true);
    expect(scanText(nested(101))).toMatchObject({ reason: 'too-deep' });
    expect(scanText(`{"a":${'['.repeat(100_000)}`)).toMatchObject({ reason: 'too-deep' });
    const small = { maxDepth: 3, maxBytes: 15 };
    expect(scanDocument(Buffer.from(nested(3)), small)).toMatchObject({ reason: 'too-large' });
    expect(scanDocument(Buffer.from('[[[[]]]]'), small)).toMatchObject({ reason: 'not-an-object' });
    expect(scanDocument(Buffer.from('{"a":[[[]]]}'), small)).toMatchObject({ reason: 'too-deep' });
    expect(scanDocument(Buffer.from('{"a":[[]]}'), small)).toMatchObject({ ok: true });
  });
});

function parsesAsObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
