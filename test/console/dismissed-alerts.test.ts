// Alerts that were put away: kept by id, bounded, and nothing where the browser's store is full, forbidden or nonsense.
import { expect, test } from '@jest/globals';
import { type DismissedStore, dismiss, readDismissed } from '../../src/console/lib/dismissed-alerts.js';

function storeOf(text: string | null = null): DismissedStore {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_, next) => {
      kept = next;
    },
  };
}

test('what was dismissed is kept, the latest hundred', () => {
  const store = storeOf();
  expect(dismiss(store, 'a')).toEqual(['a']);
  expect(dismiss(store, 'b')).toEqual(['a', 'b']);
  expect(dismiss(store, 'a')).toEqual(['b', 'a']);
  expect(readDismissed(store)).toEqual(['b', 'a']);
  for (let n = 0; n < 150; n += 1) dismiss(store, `${n}`);
  expect(readDismissed(store)).toHaveLength(100);
  expect(readDismissed(store).at(-1)).toBe('149');
});

test.each([null, '', '{', '{"a":1}', '"a"', 'null'])('nothing is read from %j', (text) => {
  expect(readDismissed(storeOf(text))).toEqual([]);
});

test('a store that refuses is no error', () => {
  const refusing = {
    getItem: () => '[1,"a"]',
    setItem: () => {
      throw new Error('full');
    },
  };
  expect(dismiss(refusing, 'b')).toEqual(['a', 'b']);
});
