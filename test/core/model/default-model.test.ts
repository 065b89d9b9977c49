// Which attributes the default model takes: those that tell products of one category apart.
import { expect, test } from '@jest/globals';
import { defaultModel, mostDistinguishingFields } from '../../../src/core/model/default-model.js';

const impurity = new Map([
  ['brand', 0.7],
  ['size', 0.8],
  ['department', 0.005],
  ['category', 0],
]);

test('the most telling first, without those that tell nothing within a category', () => {
  expect(mostDistinguishingFields(['brand', 'category', 'size', 'department'], impurity)).toEqual([
    'size',
    'brand',
  ]);
});

test('when none tells anything, what there is', () => {
  expect(mostDistinguishingFields(['category', 'department'], impurity)).toEqual(['department', 'category']);
});

test('six at most', () => {
  const many = Array.from({ length: 9 }, (_, place) => `f${place}`);
  expect(mostDistinguishingFields(many, new Map(many.map((field) => [field, 0.5])))).toHaveLength(6);
});

test('events as seen, under the names of built-ins, each once', () => {
  const actions = [
    'view_item',
    'Rented',
    'add_to_wishlist',
    'rented',
    'select_item',
    'on_search',
    'removeFromCart',
  ];
  const { eventWeights } = defaultModel({ catalog: 'products', fields: ['brand'], attributes: [], actions });
  expect(eventWeights?.map(({ event }) => event)).toEqual([
    ...['purchase', 'add_to_cart', 'view', 'search', 'rented', 'wishlist'],
  ]);
});
