// Edits change what they cover and nothing else.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Edit, type JsonDocument, splice } from '../../../src/query/json/json-document.js';
import { documentOf } from '../document-of.js';
import { objectDocument, objectTokens, type TextDocument, tokens } from '../json-text.js';

function edited(text: string, edits: (object: JsonDocument) => Edit[]): string {
  const document = documentOf(text);
  return document.edited(edits(document)).bytes.toString();
}

const someMember = fc
  .tuple(objectDocument, fc.nat())
  .filter(([{ members }]) => members.length > 0)
  .map(([document, nat]) => [document, nat % document.members.length] as const);

describe('splice', () => {
  test('keeps every byte outside of the edits, whatever their order', () => {
    const cuts = fc.uniqueArray(fc.nat(40), { maxLength: 6 });
    const raw = fc.uint8Array({ minLength: 41, maxLength: 60 });
    fc.assert(
      fc.property(raw, cuts, fc.string({ maxLength: 4 }), fc.boolean(), (array, places, text, reverse) => {
        const bytes = Buffer.from(array);
        const edits: Edit[] = [];
        const expected: Uint8Array[] = [];
        let at = 0;
        const borders = [...places].sort((a, b) => a - b);
        while (borders.length > 1) {
          const [start, end] = borders.splice(0, 2) as [number, number];
          edits.push({ start, end, text });
          expected.push(bytes.subarray(at, start), Buffer.from(text));
          at = end;
        }
        expect(splice(bytes, reverse ? edits.reverse() : edits)).toEqual(
          Buffer.concat([...expected, bytes.subarray(at)]),
        );
      }),
    );
  });

  test('does not take edits that overlap or lie outside', () => {
    const bytes = Buffer.from('0123456789');
    const edit = (start: number, end: number): Edit => ({ start, end, text: '' });
    expect(() => splice(bytes, [edit(0, 5), edit(4, 6)])).toThrow(RangeError);
    expect(() => splice(bytes, [edit(8, 11)])).toThrow(RangeError);
  });
});

describe('edits of an object', () => {
  test('wrapping a value leaves its own bytes and all others', () => {
    fc.assert(
      fc.property(someMember, ([{ text, members }, position]) => {
        const { key, valueText } = members[position]!;
        const result = edited(text, (object) => object.wrapValue([key], '{"w":[', ']}'));
        const around = result.split(`{"w":[${valueText}]}`);
        expect(around.join(valueText)).toBe(text);
        const wrapped = members.map((member) =>
          member.key === key ? { ...member, valueText: `{"w":[${valueText}]}` } : member,
        );
        expect(tokens(result)).toEqual(objectTokens(wrapped));
      }),
    );
  });

  test('inserting a member puts it first and moves nothing', () => {
    fc.assert(
      fc.property(objectDocument, ({ text, members }) => {
        const result = edited(text, (object) => object.insertMembers([], { 'n"ew': '[1]' }));
        expect(result.endsWith(text.slice(1))).toBe(true);
        expect(tokens(result)).toEqual(
          objectTokens([{ key: 'n"ew', keyText: '"n\\"ew"', valueText: '[1]' }, ...members]),
        );
      }),
    );
  });

  test('removing any set of members leaves the others in order', () => {
    const withChoice = fc.tuple(objectDocument, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }));
    fc.assert(
      fc.property(withChoice, ([document, choice]) => {
        const { kept, keys } = choose(document, choice);
        const result = edited(document.text, (object) => object.removeMembers([], keys));
        expect(tokens(result)).toEqual(objectTokens(kept));
        if (keys.size === 0) expect(result).toBe(document.text);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['{ "a" : 1 , "b":2, "c":3 }', ['a'], '{ "b":2, "c":3 }'],
    ['{ "a" : 1 , "b":2, "c":3 }', ['b'], '{ "a" : 1, "c":3 }'],
    ['{ "a" : 1 , "b":2, "c":3 }', ['c'], '{ "a" : 1 , "b":2 }'],
    ['{ "a" : 1 , "b":2, "c":3 }', ['a', 'b'], '{ "c":3 }'],
    ['{ "a" : 1 , "b":2, "c":3 }', ['b', 'c'], '{ "a" : 1 }'],
    ['{ "a" : 1 }', ['a'], '{  }'],
    ['{ }', ['a'], '{ }'],
  ])('%s without %j is %s', (text, keys, expected) => {
    expect(edited(text, (object) => object.removeMembers([], new Set(keys)))).toBe(expected);
  });

  test('a removal and an insertion go together', () => {
    const both = edited('{"a":1,"b":2}', (object) => [
      ...object.removeMembers([], new Set(['a'])),
      ...object.insertMembers([], { c: '3' }),
    ]);
    expect(both).toBe('{"c":3,"b":2}');
  });
});

function choose({ members }: TextDocument, choice: readonly boolean[]) {
  const removed = members.filter((_, position) => choice[position]);
  return {
    keys: new Set(removed.map(({ key }) => key)),
    kept: members.filter((member) => !removed.includes(member)),
  };
}
