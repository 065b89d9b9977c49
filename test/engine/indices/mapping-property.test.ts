// What a mapping says of one path.
import { expect, test } from '@jest/globals';
import { isNumberProperty, propertyAt } from '../../../src/engine/indices/mapping-property.js';

const keyword = { type: 'keyword' };

test('propertyAt follows objects and sub-fields, and no inherited names', () => {
  const properties = { details: { properties: { fit: { type: 'text', fields: { keyword } } } } };
  expect(propertyAt(properties, 'details.fit.keyword')).toEqual(keyword);
  expect(propertyAt(properties, 'details.cut')).toBeUndefined();
  expect(propertyAt(properties, 'constructor')).toBeUndefined();
});

test('numbers are known by their type; what is not in the mapping is none', () => {
  expect(isNumberProperty({ type: 'scaled_float' })).toBe(true);
  expect(isNumberProperty(keyword)).toBe(false);
  expect(isNumberProperty(undefined)).toBe(false);
});
