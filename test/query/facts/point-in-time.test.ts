// The names in a point in time's id: ids that engines gave, and ids made by their rule.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isPointInTimeOf } from '../../../src/query/facts/point-in-time.js';

const vInt = (value: number): number[] =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...vInt(value >>> 7)];
const text = (value: string) => Buffer.from([...vInt(value.length), ...Buffer.from(value)]);
const UUID = 'n_M08xNLTcGCwHAAmtSLrg';

/** An id as Elasticsearch 9.2 writes it. */
function made(names: readonly string[]): string {
  const shards = names.map((name, at) =>
    Buffer.concat([
      text(name),
      text(UUID),
      Buffer.from([...vInt(at), 1]),
      text(UUID),
      Buffer.from([0, 1, 0, 0, 0, 0, 0, 0, 4, at]),
      text(UUID),
      Buffer.of(0),
    ]),
  );
  return Buffer.concat([
    Buffer.from([0xea, 0xcd, 0xb0, 4]),
    Buffer.from(vInt(names.length)),
    ...shards,
  ]).toString('base64url');
}

const name = fc
  .stringMatching(/^[a-z0-9][a-z0-9._-]{0,254}$/)
  .chain((short) => fc.constantFrom(short, short.padEnd(200, 'x')));

describe('isPointInTimeOf', () => {
  test('all shards must be of the indices, however many there are', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 4 }), fc.nat(150), (names, more) => {
        const shards = [...names, ...Array(more).fill(names[0])];
        expect(isPointInTimeOf(made(shards), new Set(names))).toBe(true);
        expect(isPointInTimeOf(made(shards), [...names, 'another'])).toBe(true);
        expect(isPointInTimeOf(made([...shards, 'another-one']), names)).toBe(false);
        expect(isPointInTimeOf(made(['another-one', ...shards]), names)).toBe(false);
        expect(isPointInTimeOf(made(shards), names.slice(1))).toBe(false);
      }),
    );
  });

  test('a name that ends like ours is another', () => {
    expect(isPointInTimeOf(made(['my-products']), ['products'])).toBe(false);
    // 45 letters: their length is the byte of the dash before them
    const long = 'p'.repeat(45);
    expect(isPointInTimeOf(made([`my-${long}`]), [long])).toBe(false);
  });

  test('anything else is of no index', () => {
    for (const id of ['', 'AA', '!', '_____', '////', UUID])
      expect(isPointInTimeOf(id, ['products'])).toBe(false);
    expect(isPointInTimeOf(made([]), ['products'])).toBe(false);
    expect(isPointInTimeOf(made(['products']), [])).toBe(false);
  });
});
