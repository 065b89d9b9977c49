// What others call an event, and what it then weighs.
import { expect, test } from '@jest/globals';
import { eventWeigher } from '../../../src/core/affinity/affinity.js';
import { builtInEvent, canonicalEventName } from '../../../src/core/event/event-names.js';

test.each([
  ['view_item', 'view'],
  ['select_item', 'click'],
  ['item_click', 'click'],
  ['add_to_wishlist', 'wishlist'],
  ['view_item_list', 'impression'],
  ['view_search_results', 'search'],
  ['addToCart', 'add_to_cart'],
  ['Add to Cart', 'add_to_cart'],
  ['ADD-TO-CART', 'add_to_cart'],
  ['Product Added', 'add_to_cart'],
  ['Order Completed', 'purchase'],
  ['transaction', 'purchase'],
  ['Product Removed from Wishlist', 'remove_from_wishlist'],
  ...[
    ...[
      'refund',
      'Refund',
      'Order Refunded',
      'order_refunded',
      'partial_refund',
      'refund_issued',
      'refund-order',
    ],
    ...[
      'return',
      'product_returned',
      'Product Returned',
      'itemReturned',
      'return_completed',
      'returned_items',
    ],
    ...['order_cancelled', 'order_canceled', 'Order Cancelled', 'cancel_order', 'ORDER CANCELLATION'],
    ...['order partially refunded', 'purchase.cancelled', 'order_voided'],
  ].map((name): [string, string] => [name, 'refund']),
])('"%s" is %s', (name, event) => {
  expect([builtInEvent(name), canonicalEventName(name)]).toEqual([event, event]);
});

test.each([
  ['Gift Card', 'gift_card'],
  ['begin_checkout', 'begin_checkout'],
  ['conversion', 'conversion'],
  ['in den Warenkorb', 'in_den_warenkorb'],
  ['購入', '購入'],
  ['constructor', 'constructor'],
  ['--', '--'],
  ...['return_requested', 'refund_failed', 'cancel', 'return_policy_viewed', 'subscription_cancelled'].map(
    (name): [string, string] => [name, name],
  ),
])('"%s" is the shop\'s own', (name, event) => {
  expect([builtInEvent(name), canonicalEventName(name)]).toEqual([undefined, event]);
});

test('an event weighs what its event does, whatever it is called', () => {
  const weigh = eventWeigher([
    { event: 'purchase', weight: 40 },
    { event: 'add_to_cart', weight: 20 },
    { event: 'view', weight: 10 },
    { event: 'Gift Card', weight: 30 },
  ]);
  const names = ['product_purchase', 'addToCart', 'Product Removed', 'view_item', 'select_item', 'gift-card'];
  expect(names.map(weigh)).toEqual([1, 0.5, undefined, 0.25, 0.25, 0.75]);
  expect(['begin_checkout', 'add_to_wishlist', 'remove_from_wishlist', ''].map(weigh)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('clicks that are listed weigh what the list says, by every name', () => {
  const weigh = eventWeigher([
    { event: 'view', weight: 80 },
    { event: 'click', weight: 20 },
  ]);
  expect(['view_item', 'select_item'].map(weigh)).toEqual([1, 0.25]);
});
