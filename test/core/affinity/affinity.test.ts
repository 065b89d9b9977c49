// The fold from events to affinities: weights, decay, scope, removals, and independence of order.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  DAY_MS,
  type FoldOptions,
  foldAffinities,
  type ProductEvent,
} from '../../../src/core/affinity/affinity.js';

const asOf = Date.UTC(2026, 0, 31);

function event(action: string, ageDays: number, brand: string | string[], category = 'shoes'): ProductEvent {
  const values = new Map([['brand', [brand].flat()]]);
  return {
    action,
    timestamp: asOf - ageDays * DAY_MS,
    product: { objectId: `${brand}-${category}`, categories: [category], values },
  };
}

const options: FoldOptions = {
  fields: ['brand'],
  eventWeights: [
    { event: 'purchase', weight: 50 },
    { event: 'add_to_cart', weight: 30 },
    { event: 'view', weight: 20 },
  ],
  timeDecay: '30d',
  asOf,
  category: null,
};

function brands(events: ProductEvent[], change: Partial<FoldOptions> = {}): Record<string, number> {
  return Object.fromEntries(foldAffinities(events, { ...options, ...change }).get('brand')?.values ?? []);
}

describe('what an event counts', () => {
  test('its weight relative to the largest, halved every half-life (20 days of a 30-day window)', () => {
    const got = brands([
      event('purchase', 0, 'acme'),
      event('view', 0, 'bolt'),
      event('purchase', 20, 'cord'),
    ]);
    expect(got).toEqual({ acme: 1, bolt: 0.4, cord: 0.5 });
  });

  test('a click is a view, unless it has a weight of its own; unlisted events do not count', () => {
    expect(brands([event('click', 0, 'acme'), event('hover', 0, 'bolt')])).toEqual({ acme: 0.4 });
    const eventWeights = [
      { event: 'view', weight: 40 },
      { event: 'click', weight: 60 },
    ];
    expect(brands([event('click', 0, 'acme')], { eventWeights })).toEqual({ acme: 1 });
  });

  test('what is taken back does not count, whatever its age; nothing else is taken', () => {
    const bought = [
      event('add_to_cart', 12, 'acme'),
      event('purchase', 10, 'acme'),
      event('purchase', 9, 'acme', 'hats'),
    ];
    expect(brands([...bought, event('remove_from_cart', 11, 'acme')])).toEqual(brands(bought.slice(1)));
    expect(brands([...bought, event('refund', 0, 'acme')])).toEqual(brands([bought[0]!, bought[2]!]));
    expect(brands([event('refund', 0, 'acme'), event('view', 0, 'acme')])).toEqual({ acme: 0.4 });
  });

  test('what was given before the window is not looked for in it', () => {
    const events = [event('purchase', 31, 'acme'), event('refund', 29, 'acme'), event('purchase', 0, 'acme')];
    expect(brands(events)).toEqual({ acme: 1 });
  });

  test('older than the window does not count, the future counts as now', () => {
    expect(brands([event('purchase', 30.001, 'acme'), event('purchase', -3, 'bolt')])).toEqual({ bolt: 1 });
    expect(brands([event('purchase', 120, 'acme')], { timeDecay: 'all' })).toEqual({ acme: 0.5 });
  });

  test('a number counts in its bands of the scope, each once; one in no band not at all', () => {
    const bands = new Map([
      ['..10', { lt: 10 }],
      ['10..20', { gte: 10, lt: 20 }],
    ]);
    const folded = foldAffinities(
      [['9', '9.5', '10'], ['12'], ['20']].map((price) => ({
        action: 'purchase',
        timestamp: 0,
        product: { objectId: 'p', categories: [], values: new Map([['price', price]]) },
      })),
      {
        fields: ['price'],
        eventWeights: [{ event: 'purchase', weight: 100 }],
        timeDecay: 'all',
        asOf: 0,
        category: null,
        population: new Map([['price', { total: 9, values: new Map(), bands }]]),
      },
    );
    expect(folded.get('price')).toEqual({
      total: 3,
      values: new Map([
        ['..10', 1],
        ['10..20', 2],
      ]),
    });
  });

  test('only products of the named category; every value of a multi-valued field once', () => {
    const events = [event('purchase', 0, ['acme', 'bolt', 'acme']), event('purchase', 0, 'cord', 'hats')];
    expect(brands(events, { category: 'shoes' })).toEqual({ acme: 1, bolt: 1 });
  });
});

test('the order of events does not matter, and the total is the sum of the values', () => {
  const anyEvent = fc.record({
    action: fc.constantFrom('purchase', 'view', 'click', 'add_to_cart', 'remove_from_cart', 'other'),
    age: fc.double({ min: -1, max: 40, noNaN: true }),
    brand: fc.constantFrom('a', 'b', 'c'),
  });
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 40 }), (drawn) => {
      const events = drawn.map(({ action, age, brand }) => event(action, age, brand));
      const forward = foldAffinities(events, options).get('brand');
      const backward = foldAffinities([...events].reverse(), options).get('brand');
      let total = 0;
      for (const [value, x] of forward?.values ?? []) {
        expect(x).toBeGreaterThan(0);
        // What cancels out may round to nothing in one order alone.
        expect(backward?.values.get(value) ?? 0).toBeCloseTo(x, 9);
        total += x;
      }
      expect(forward?.total).toBeCloseTo(total, 9);
    }),
  );
});
