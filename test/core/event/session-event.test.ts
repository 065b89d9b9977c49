// In which scopes a search counts: those it names, and all of them when it names none.
import { expect, test } from '@jest/globals';
import { createQueryReader } from '../../../src/core/affinity/query-values.js';
import { searchAsProductEvent } from '../../../src/core/event/session-event.js';
import { isInScope } from '../../../src/core/product.js';

const read = createQueryReader([['brand', ['Nike']]], ['shoes', 'shirts']);

test.each([
  ['nike', null, true],
  ['nike', 'shoes', true],
  ['nike shoes', null, true],
  ['nike shoes', 'shoes', true],
  ['nike shoes and shirts', 'shirts', true],
  ['nike shoes', 'shirts', false],
])('"%s" in category %s: %s', (query, category, counts) => {
  const search = { action: 'search', timestamp: 7, query };
  const { product, ...event } = searchAsProductEvent(search, read, category);
  expect(event).toEqual({ action: 'search', timestamp: 7 });
  expect(product.values).toEqual(new Map([['brand', ['Nike']]]));
  expect(isInScope(product, category)).toBe(counts);
});
