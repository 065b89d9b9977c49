// What is left of purchases, carts and wishlists after refunds and removals: which one, how much, in whatever order.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keptEvents } from '../../../src/core/affinity/taken-back.js';

interface Told {
  readonly action: string;
  readonly timestamp: number;
  readonly product: { readonly objectId: string };
  readonly quantity?: number;
}

/** `purchase 3`, `refund`, `add_to_cart of hat`: one a second. */
function told(...lines: readonly string[]): Told[] {
  return lines.map((line, timestamp) => {
    const [, action = '', quantity, objectId = 'shoe'] =
      /^(\S+)(?: ([\d.]+))?(?: of (\S+))?$/.exec(line) ?? [];
    return { action, timestamp, product: { objectId }, ...(quantity && { quantity: Number(quantity) }) };
  });
}

/** Place in the list → the share that is left; what is gone is absent. */
function kept(events: readonly Told[]): Record<number, number> {
  return Object.fromEntries(keptEvents(events).map(([event, share]) => [event.timestamp, share]));
}

test.each<[string, string[], Record<number, number>]>([
  ['nothing', ['purchase', 'view'], { 0: 1, 1: 1 }],
  ['a purchase', ['purchase', 'refund'], {}],
  ['one of three pieces', ['purchase 3', 'Order_Refunded 1'], { 0: 2 / 3 }],
  ['all pieces, when none are told', ['purchase 3', 'refund'], {}],
  ['more than was bought', ['purchase 2', 'refund 5'], {}],
  ['twice in part', ['purchase 4', 'refund 1', 'refund 1'], { 0: 0.5 }],
  ['the latest of two purchases', ['purchase', 'purchase', 'refund'], { 0: 1 }],
  ['pieces of two purchases', ['purchase 2', 'purchase 2', 'refund 3'], { 0: 0.5 }],
  ['what was never bought', ['refund', 'view'], { 1: 1 }],
  ['before it is bought again', ['purchase', 'return', 'purchase'], { 2: 1 }],
  ['another product', ['purchase', 'refund of hat'], { 0: 1 }],
  ['another event on it', ['add_to_cart', 'view', 'refund'], { 0: 1, 1: 1 }],
  ['from the cart, not the purchase', ['add_to_cart', 'purchase', 'remove_from_cart'], { 1: 1 }],
  ['by whatever name', ['orderCompleted', 'order_cancelled'], {}],
  ['tenths of a piece', ['purchase 0.1', 'purchase 0.2', 'refund 0.3'], {}],
])('a removal takes %s', (_what, lines, expected) => {
  expect(kept(told(...lines))).toEqual(expected);
});

test('of one moment, what gives comes first, in whatever order they arrive', () => {
  const [bought, refunded] = told('purchase', 'refund').map((event) => ({ ...event, timestamp: 5 }));
  expect(keptEvents([refunded!, bought!])).toEqual([]);
});

test('the order of arrival does not matter, and nothing is ever below zero', () => {
  const anyEvent = fc.record({
    action: fc.constantFrom('purchase', 'refund', 'add_to_cart', 'remove_from_cart', 'view'),
    timestamp: fc.integer({ min: 0, max: 9 }),
    product: fc.record({ objectId: fc.constantFrom('a', 'b') }),
    quantity: fc.constantFrom(1, 2, 0.1, 0.7),
  });
  const sums = (events: readonly Told[]) => {
    const sum = new Map<string, number>();
    for (const [{ action, timestamp, product }, share] of keptEvents(events)) {
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThanOrEqual(1);
      const key = JSON.stringify([action, timestamp, product]);
      sum.set(key, (sum.get(key) ?? 0) + share);
    }
    return [...sum].sort().map(([key, share]) => [key, share.toFixed(9)]);
  };
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 30 }), (events) => {
      expect(sums([...events].reverse())).toEqual(sums(events));
    }),
  );
});
