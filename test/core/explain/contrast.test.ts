// The signed parts of a hit add up, in log, to its boost relative to the average of its list.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { because, reasonWords } from '../../../src/core/explain/because.js';
import { type BoostedHit, contrastHits, type MatchedBoost } from '../../../src/core/explain/contrast.js';

const boost = (
  field: string,
  value: string,
  factor: number,
  product?: MatchedBoost['product'],
): MatchedBoost => ({
  field,
  value,
  factor,
  profile: 'individual',
  ...(product && { product }),
});
const factors = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
const affinity = fc.record({
  field: fc.constantFrom('brand', 'color', 'size', '__proto__'),
  value: fc.constantFrom('a', 'b', 'c'),
  factor: factors,
  profile: fc.constantFrom('individual' as const, 'session' as const, 'group' as const),
  product: fc.constantFrom(undefined, 'buy_again' as const, 'related' as const),
});
/** A limit may take from the product of all, and a name may add to it. */
const hit = fc
  .record({
    affinities: fc.array(affinity, { maxLength: 6 }),
    limit: fc.option(fc.double({ min: 1e-3, max: 1, noNaN: true })),
    named: fc.option(fc.double({ min: 1, max: 1e4, noNaN: true })),
  })
  .map(({ affinities, limit, named }): BoostedHit => {
    const product = affinities.reduce((all, { factor }) => all * factor, named ?? 1);
    return { affinities, boost: product * (limit ?? 1), ...(named !== null && { named }) };
  });
const lists = fc.array(hit, { minLength: 1, maxLength: 30 });
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

describe('reasons against the average of a list', () => {
  test('of every hit add up, in log, to its boost ÷ the average boost; over the list they cancel out', () => {
    fc.assert(
      fc.property(lists, (hits) => {
        const average = sum(hits.map((each) => Math.log(each.boost))) / hits.length;
        const contrasts = contrastHits(hits);
        for (const [at, { relative, reasons }] of contrasts.entries()) {
          const move = Math.log(hits[at]?.boost ?? 0) - average;
          expect(Math.log(relative)).toBeCloseTo(move, 6);
          expect(sum(reasons.map(({ factor }) => Math.log(factor)))).toBeCloseTo(move, 6);
          for (const { own, average: mean, factor } of reasons) expect(own / mean / factor).toBeCloseTo(1, 6);
        }
        expect(sum(contrasts.map(({ relative }) => Math.log(relative)))).toBeCloseTo(0, 4);
      }),
    );
  });

  test('a product that has less of a good thing than the others is lowered by it', () => {
    const [much, little, none] = contrastHits([
      { boost: 4, affinities: [boost('brand', 'Arlo', 4)] },
      { boost: 2, affinities: [boost('brand', 'Velda', 2)] },
      { boost: 1, affinities: [] },
    ]);
    expect(much?.reasons).toEqual([
      expect.objectContaining({
        cause: 'field',
        field: 'brand',
        value: 'Arlo',
        own: 4,
        average: expect.closeTo(2),
      }),
    ]);
    expect(much?.relative).toBeCloseTo(2);
    expect(little).toMatchObject({ relative: 1, reasons: [] });
    expect(none?.reasons).toEqual([
      { cause: 'field', field: 'brand', own: 1, average: expect.closeTo(2), factor: expect.closeTo(0.5) },
    ]);
  });

  test('what all hits share is no reason; nor is anything in a list of one', () => {
    const shared = boost('type', 'BUTTER', 1.2);
    for (const { relative, reasons } of contrastHits(
      [1, 2].map(() => ({ boost: 1.2, affinities: [shared] })),
    ))
      expect([relative, reasons]).toEqual([1, []]);
    expect(contrastHits([{ boost: 1.2, affinities: [shared] }])).toEqual([{ relative: 1, reasons: [] }]);
    expect(contrastHits([])).toEqual([]);
  });
});

describe('in words', () => {
  const evidence = ({ product }: MatchedBoost) =>
    product === 'buy_again' ? { count: 17, of: 'purchase' } : { count: 1, of: 'event' };
  const hits = contrastHits(
    [
      { boost: 6, affinities: [boost('_id', 'p1', 3, 'buy_again'), boost('brand', 'Arlo', 2)] },
      { boost: 1.5, affinities: [boost('brand', 'Velda', 1.5)] },
      { boost: 0.5, affinities: [boost('brand', 'Quill', 0.5)] },
    ],
    evidence,
  );
  const say = (at: number, rank: number, rankWithout: number | null) => {
    const { relative, reasons } = hits[at]!;
    return because({ rank, rankWithout, relative, reasons });
  };

  test('a sentence begins with Because, tells the move, and counts', () => {
    expect(say(0, 1, 19)).toBe(
      'Because they bought it before (17 purchases), and they take brand Arlo more than others do (1 event).',
    );
    expect(say(0, 1, null)).toContain('bought it before');
    expect(say(2, 20, 2)).toBe(
      'Because they take brand Quill less than others do (1 event), and they did not choose it before, as they did others here.',
    );
    expect(say(0, 5, 3)).toBe('Because the products that passed it get even more than it does.');
    expect(say(2, 3, 5)).toBe('Because the products that it passed get even less than it does.');
    expect(say(0, 1, 1)).toMatch(
      /^Because what speaks for it \(they bought it before .* is too little to move it here\.$/,
    );
    expect(because({ rank: 1, rankWithout: 1, relative: 1, reasons: [] })).toBe(
      'Because it gets about as much as the others of this list.',
    );
  });

  test('every kind of reason, raised and lowered, has words of its own', () => {
    const said = (['field', 'buy_again', 'related', 'named', 'limit'] as const).flatMap((cause) =>
      (cause === 'field' ? (['individual', 'session', 'group'] as const) : ([undefined] as const)).flatMap(
        (profile) =>
          [2, 0.5].map((factor) =>
            reasonWords({
              cause,
              own: factor,
              average: 1,
              factor,
              ...(cause === 'field' && { field: 'brand', value: 'Arlo' }),
              ...(profile && { profile }),
            }),
          ),
      ),
    );
    expect(new Set(said).size).toBe(said.length);
  });
});
