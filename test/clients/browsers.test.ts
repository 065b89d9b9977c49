// Search libraries for browsers, each in a page of its own, at the engine it is made for and at Kindred.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EngineKind } from '../../src/core/engine-kind.js';
import { engines } from '../helpers/engines.js';
import { BROWSED, JACKETS, PRODUCTS, SHOPPER } from './support/catalog.js';
import type { Heard } from './support/ear.js';
import { click, expectFirst } from './support/expectations.js';
import { clientPackages, folder, runClient } from './support/run-client.js';
import { type ClientShop, openClientShop, SERVER_KEY } from './support/shop.js';

const LIBRARIES: Readonly<Record<EngineKind, readonly (readonly [name: string, script: string])[]>> = {
  elasticsearch: [
    ['Searchkit', 'searchkit.js'],
    ['Search UI', 'search-ui.js'],
    ['ReactiveSearch', 'reactivesearch.jsx'],
  ],
  opensearch: [
    ['Searchkit', 'searchkit.js'],
    ['ReactiveSearch', 'reactivesearch.jsx'],
  ],
};

await clientPackages();

/** One page of hits, and everything beside them that the library shows: facets, highlights, counts, suggestions. */
interface Shown {
  readonly ids: string[];
  readonly total: number;
  readonly [more: string]: unknown;
}

/** What a script's `ask` returns: the same for every library. */
interface Answers {
  /** nothing typed, nothing chosen */
  readonly browsing: Shown;
  readonly page: Shown;
  /** to one brand, which is not the shopper's */
  readonly narrowed: Shown;
  /** the second page of seven */
  readonly second: Pick<Shown, 'ids'>;
  readonly errors: unknown;
  /** Search UI's completions, and hits while typing */
  readonly suggestions?: unknown;
  readonly typed?: string[];
}

interface Printed {
  readonly answers: Readonly<Record<'straight' | 'off' | 'anonymous' | 'shopper', Answers>>;
  readonly identified: {
    readonly user: Readonly<Record<string, string[]>>;
    readonly session: Readonly<Record<string, string[]>>;
    /** Searchkit: what one search client answers before and after its headers changed */
    readonly cached?: readonly [string[], string[]];
  };
}

describe.each(engines())('libraries at $kind', ({ kind }) => {
  let shop: ClientShop;
  beforeAll(async () => {
    shop = await openClientShop(kind);
    await click(shop, BROWSED.brand, { session_id: BROWSED.session });
  });
  afterAll(() => shop.close());

  describe.each(LIBRARIES[kind])('%s', (_, script) => {
    let printed: Printed;
    let heard: Heard[];

    const run = async (ways: object, visitors?: object) =>
      JSON.parse(
        await runClient({
          script: `${folder}/support/browse.js`,
          arguments: [`${folder}/scripts/${script}`, JSON.stringify({ index: shop.index, ways, visitors })],
        }),
      ) as Printed;
    const proxy = (headers: Readonly<Record<string, string>> = {}) => ({
      url: shop.url,
      headers: { 'x-kindred-key': SERVER_KEY, ...headers },
    });

    beforeAll(async () => {
      shop.take();
      printed = await run(
        {
          straight: { url: shop.engineUrl, headers: {} },
          off: proxy({ 'x-user-id': SHOPPER.user, 'x-kindred': 'off' }),
          anonymous: proxy(),
          shopper: proxy({ 'x-user-id': SHOPPER.user }),
        },
        { user: SHOPPER.user, session: BROWSED.session },
      );
      heard = shop.take();
    });

    test('the answers are what was asked for', () => {
      const { browsing, page, narrowed, second } = printed.answers.straight;
      expect([browsing.total, page.total, narrowed.total]).toEqual([PRODUCTS.length, JACKETS, JACKETS / 5]);
      expect(page.ids).toHaveLength(JACKETS);
      expect(second.ids).toEqual(page.ids.slice(7, 14));
      expect(JSON.stringify(page.highlights)).toMatch(/<(em|mark)>jacket<\/(em|mark)>/);
    });

    test('switched off, and for nobody: everything as straight from the engine', () => {
      expect(printed.answers.off).toEqual(printed.answers.straight);
      expect(printed.answers.anonymous).toEqual(printed.answers.straight);
    });

    test('the shopper’s brand comes first, on every page; counts, facets and highlights stay', () => {
      const { straight, shopper } = printed.answers;
      expectFirst(SHOPPER.brand, shopper.page.ids, straight.page.ids);
      expect(shopper.second.ids).toEqual(shopper.page.ids.slice(7, 14));
      // ReactiveSearch makes suggestions of the first hits, which are others.
      const same = ({ page }: Answers) => ({ ...page, ids: [], suggestions: [] });
      expect(same(shopper)).toEqual(same(straight));
      expect(shopper.narrowed.ids.sort()).toEqual(straight.narrowed.ids.sort());
      expect(shopper.suggestions).toEqual(straight.suggestions);
      if (shopper.typed) expectFirst(SHOPPER.brand, shopper.typed, straight.typed ?? []);
    });

    test('a page without a query is personalized as well', () => {
      const own = PRODUCTS.filter(({ brand }) => brand === SHOPPER.brand).map(({ object_id }) => object_id);
      expect(printed.answers.shopper.browsing.ids.slice(0, own.length).sort()).toEqual(own.sort());
      const asked = heard.filter(({ headers }) => headers['x-user-id'] && !headers['x-kindred']);
      expect(asked.map(({ personalization }) => personalization)).toContainEqual(
        expect.stringMatching(/^applied; (model=brands@1; profile=individual|items=[1-9])/),
      );
    });

    test('errors reach whoever handles them', () => {
      expect(printed.answers.straight.errors).not.toEqual([]);
      expect(printed.answers.shopper.errors).toEqual(printed.answers.straight.errors);
    });

    test('every way to say who is searching works', () => {
      const { user, session, cached } = printed.identified;
      const plain = printed.answers.straight.page.ids;
      for (const ids of Object.values(user)) expectFirst(SHOPPER.brand, ids, plain);
      for (const ids of Object.values(session)) expectFirst(BROWSED.brand, ids, plain);
      if (cached) expect(cached).toEqual([plain, plain]);
    });

    test('switched off for everybody: everything as straight from the engine', async () => {
      await shop.switchTo(false);
      try {
        const { answers } = await run({ shopper: proxy({ 'x-user-id': SHOPPER.user }) });
        expect(answers.shopper).toEqual(printed.answers.straight);
      } finally {
        await shop.switchTo(true);
      }
    });
  });
});
