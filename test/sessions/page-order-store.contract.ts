// What every store of page orders does, whoever holds them.
import { expect, test } from '@jest/globals';
import type { PageOrder, PageOrderStore } from '../../src/core/boost-plan/page-order.js';
import { eventually } from '../helpers/eventually.js';

const ORDER: PageOrder = {
  asOf: 1_700_000_000_123,
  upTo: 1_700_000_000_123_456,
  model: 'm',
  version: 3,
  paged: false,
};

/** @param open a store that forgets after `ttlMs` */
export function pageOrderStoreContract(
  open: (ttlMs: number) => Promise<PageOrderStore> | PageOrderStore,
): void {
  test('gives back what was written last, by key', async () => {
    const store = await open(60_000);
    expect(await store.read('none')).toBeNull();
    await store.write('a', ORDER);
    await store.write('b', { ...ORDER, version: 4 });
    await store.write('a', { ...ORDER, paged: true });
    expect(await store.read('a')).toEqual({ ...ORDER, paged: true });
    expect(await store.read('b')).toEqual({ ...ORDER, version: 4 });
  });

  test('forgets', async () => {
    const store = await open(60);
    await store.write('a', ORDER);
    await eventually(async () => expect(await store.read('a')).toBeNull());
  });
}
