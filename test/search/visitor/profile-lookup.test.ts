// One order from page to page: what moves a list, and what must not while somebody pages through it.
import { expect, test } from '@jest/globals';
import type { PageOrderStore } from '../../../src/core/boost-plan/page-order.js';
import { populationId } from '../../../src/core/profile/profile.js';
import { createProfileLookup } from '../../../src/search/visitor/profile-lookup.js';
import { createMemoryPageOrderStore, createMemorySessionStore } from '../../../src/sessions/memory-stores.js';
import { activeModel, brandModel, brandProfile } from '../../helpers/brand-shop.js';

const DEADLINE_MS = 200;
const identity = { sessionId: 's' };
const model = brandModel({ eventWeights: [{ event: 'click', weight: 100 }] });
const population = brandProfile('population', 'all', [], []);

function shopper(pageOrders: PageOrderStore = createMemoryPageOrderStore()) {
  const sessions = createMemorySessionStore({ maxBytes: 1e6 });
  let now = 1_000;
  let version = 1;
  let slowness = 0;
  const indices = new Set(['index-1', 'index-2']);
  const lookUp = createProfileLookup({
    readProfiles: async (index, ids) => {
      if (slowness > 0) await new Promise((resolve) => setTimeout(resolve, slowness));
      if (!indices.has(index)) throw new Error('index-not-found');
      return ids.map((id) => (id === populationId(null) ? population : null));
    },
    readSession: sessions.read,
    deadlineMs: DEADLINE_MS,
    now: () => now,
    pageOrders,
  });

  return {
    indices,
    /** Profiles are read that much later. */
    slowDown(ms: number) {
      slowness = ms;
    },
    activate(next: number) {
      version = next;
    },
    async click(objectId: string) {
      now += 1_000;
      const product = { objectId, categories: [], values: new Map<string, string[]>() };
      await sessions.append(identity, [{ action: 'click', timestamp: now, product }]);
    },
    /** What a page of the list for `query` is ranked by. */
    async page(number: number, query = 'shoes') {
      now += 1_000;
      const ordered = await lookUp({
        active: { ...activeModel(model), version, profileIndex: `index-${version}` },
        identity,
        category: null,
        listKey: [identity, query],
        laterPage: number > 1,
      });
      if (typeof ordered === 'string') return ordered;
      const clicks = ordered.profiles.sessionEvents.map(({ product }) => product.objectId);
      return { clicks, asOf: ordered.asOf, version: ordered.active.version };
    },
  };
}

test('a click moves the next search, but not the pages behind the first, nor the way back', async () => {
  const { page, click } = shopper();
  await click('a');
  const first = await page(1);
  await click('b');
  expect(await page(2)).toEqual(first);
  await click('c');
  expect(await page(3)).toEqual(first);
  expect(await page(2)).toEqual(first);
  expect(await page(1)).toEqual(first);
  expect(await page(2)).toEqual(first);
});

test('a first page that nobody paged on from follows every click, and so does another query', async () => {
  const { page, click } = shopper();
  expect(await page(1)).toMatchObject({ clicks: [] });
  await click('a');
  expect(await page(1)).toMatchObject({ clicks: ['a'] });
  await page(2);
  await click('b');
  expect(await page(1, 'boots')).toMatchObject({ clicks: ['a', 'b'] });
});

test('the way back is gone once: asked for again, the first page is a new search', async () => {
  const { page, click } = shopper();
  const first = await page(1);
  await page(2);
  await click('a');
  expect(await page(1)).toEqual(first);
  const again = await page(1);
  expect(again).toMatchObject({ clicks: ['a'] });
  await click('b');
  expect(await page(2)).toEqual(again);
});

test('an attempt that comes too late does not use up the way back', async () => {
  const { page, click, slowDown } = shopper();
  const first = await page(1);
  await page(2);
  await click('a');
  slowDown(DEADLINE_MS + 20);
  expect(await page(1)).toBe('profile-timeout');
  await new Promise((resolve) => setTimeout(resolve, 40));
  slowDown(0);
  expect(await page(1)).toEqual(first);
});

test('a page whose first one is not known goes by what is known now, and the next ones keep to it', async () => {
  const { page, click } = shopper();
  await click('a');
  const third = await page(3);
  expect(third).toMatchObject({ clicks: ['a'] });
  await click('b');
  expect(await page(4)).toEqual(third);
});

test('a version activated in between waits for the next search; one whose profiles are gone cannot', async () => {
  const { page, activate, indices } = shopper();
  const first = await page(1);
  activate(2);
  expect(await page(2)).toEqual(first);
  expect(await page(1, 'boots')).toMatchObject({ version: 2 });
  indices.delete('index-1');
  expect(await page(3)).toMatchObject({ version: 2 });
});

test('a store that cannot be read or written costs the stability, not the search', async () => {
  const down = async () => Promise.reject(new Error('down'));
  const { page, click } = shopper({ read: down, write: down });
  await page(1);
  await click('a');
  expect(await page(2)).toMatchObject({ clicks: ['a'] });
});
