// The official clients of shops' servers, each in a process of its own, at the engine it is made for and at Kindred.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engines } from '../helpers/engines.js';
import { BROWSED, JACKETS, SHOPPER } from './support/catalog.js';
import type { Heard } from './support/ear.js';
import { click, expectFirst } from './support/expectations.js';
import { clientPackages, folder, runClient } from './support/run-client.js';
import { type ClientShop, openClientShop, SERVER_KEY } from './support/shop.js';

const CLIENTS = {
  elasticsearch: [
    { name: '@elastic/elasticsearch 9', script: 'elasticsearch.js', client: '@elastic/elasticsearch' },
    { name: '@elastic/elasticsearch 8', script: 'elasticsearch.js', client: 'elasticsearch-8' },
    { name: 'elasticsearch-py 9', script: 'elasticsearch_py.py', client: 'elasticsearch-9' },
    { name: 'elasticsearch-py 8', script: 'elasticsearch_py.py', client: 'elasticsearch-8' },
  ],
  opensearch: [
    {
      name: '@opensearch-project/opensearch 3',
      script: 'opensearch.js',
      client: '@opensearch-project/opensearch',
    },
    { name: 'opensearch-py 3', script: 'opensearch_py.py', client: 'opensearch' },
  ],
};

const DEVICE = 'device-1';
const VISITORS = { user: SHOPPER.user, session: BROWSED.session, client: DEVICE };
const packages = await clientPackages();
if (packages.skipped) process.stderr.write(`Python clients are skipped: ${packages.skipped}\n`);

/** What a script's `ask` returns: the same for every client. */
interface Answers {
  readonly page: {
    readonly ids: string[];
    readonly total: unknown;
    readonly highlights: unknown;
    readonly aggregations: unknown;
    readonly suggestions: string[];
  };
  readonly pages: string[];
  readonly searchAfter: string[];
  readonly pit: { readonly ids: string[]; readonly succeeded: boolean };
  readonly helpers: Readonly<Record<string, string[]>>;
  readonly msearch: { readonly ids: string[]; readonly brands: unknown; readonly absent: unknown };
  readonly documents: unknown;
  readonly errors: unknown;
  /** what the engine echoed of `page-7`; opensearch-py shows no headers */
  readonly opaqueId?: unknown;
}

interface Printed {
  readonly answers: Readonly<Record<'straight' | 'off' | 'anonymous' | 'shopper', Answers>>;
  readonly identified: {
    readonly user: Readonly<Record<string, string[]>>;
    readonly session: Readonly<Record<string, string[]>>;
    readonly compressed: string[];
    readonly nodes: string[];
  };
}

describe.each(engines())('clients of $kind', ({ kind }) => {
  let shop: ClientShop;
  beforeAll(async () => {
    shop = await openClientShop(kind);
    await click(shop, BROWSED.brand, { session_id: BROWSED.session });
    await click(shop, BROWSED.brand, { client_id: DEVICE });
  });
  afterAll(() => shop.close());

  describe.each(CLIENTS[kind])('$name', ({ script, client }) => {
    const python = script.endsWith('.py');
    const check = python && packages.skipped ? test.skip : test;
    let printed: Printed;
    let heard: Heard[];

    const run = async (ways: object, visitors?: object) =>
      JSON.parse(
        await runClient({
          script: `${folder}/scripts/${script}`,
          arguments: [JSON.stringify({ client, index: shop.index, ways, visitors })],
          python: packages.python?.[client],
        }),
      ) as Printed;
    const proxy = (headers: Readonly<Record<string, string>> = {}) => ({
      url: shop.url,
      headers: { 'x-kindred-key': SERVER_KEY, ...headers },
    });

    beforeAll(async () => {
      if (check === test.skip) return;
      shop.take();
      printed = await run(
        {
          straight: { url: shop.engineUrl, headers: {} },
          off: proxy({ 'x-user-id': SHOPPER.user, 'x-kindred': 'off' }),
          anonymous: proxy(),
          shopper: proxy({ 'x-user-id': SHOPPER.user }),
        },
        VISITORS,
      );
      heard = shop.take();
    });

    check('the answers are what was asked for', () => {
      const { page, pages, searchAfter, pit, helpers, msearch } = printed.answers.straight;
      expect(page.ids).toHaveLength(JACKETS);
      expect(page.total).toEqual({ value: JACKETS, relation: 'eq' });
      expect(page.suggestions.length).toBeGreaterThan(0);
      for (const ids of [pages, searchAfter, pit.ids, msearch.ids, ...Object.values(helpers)])
        expect(ids.length).toBeGreaterThan(0);
    });

    check('switched off, and for nobody: everything as straight from the engine', () => {
      expect(printed.answers.off).toEqual(printed.answers.straight);
      expect(printed.answers.anonymous).toEqual(printed.answers.straight);
      expect(reasons(heard, ({ 'x-kindred': wish }) => wish === 'off')).toEqual(['off', 'unsupported']);
    });

    check('the shopper’s brand comes first, and nothing else changes', () => {
      const { straight, shopper } = printed.answers;
      expectFirst(SHOPPER.brand, shopper.page.ids, straight.page.ids);
      expect({ ...shopper.page, ids: [] }).toEqual({ ...straight.page, ids: [] });
      expectFirst(SHOPPER.brand, shopper.msearch.ids, straight.msearch.ids);
      expect({ ...shopper.msearch, ids: [] }).toEqual({ ...straight.msearch, ids: [] });
      expect(shopper.documents).toEqual(straight.documents);
      expect(JSON.stringify(shopper.opaqueId ?? 'page-7')).toContain('page-7');
      const own = heard.filter(({ headers }) => headers['x-user-id'] && !headers['x-kindred']);
      const said = own.map(({ path, personalization }) => `${path} ${personalization}`);
      expect(said).toContainEqual(
        expect.stringMatching(
          /^\/[\w-]+\/_search\S* applied; model=brands@1; profile=individual; boosts=\d+$/,
        ),
      );
      expect(said).toContain('/_msearch applied; items=1/3');
    });

    check('pages follow each other without gaps or repeats', () => {
      const { straight, shopper } = printed.answers;
      expect(shopper.pages).toEqual(shopper.page.ids);
      for (const ids of [shopper.searchAfter, shopper.pit.ids])
        expectFirst(SHOPPER.brand, ids, straight.page.ids);
      expect(shopper.pit.succeeded).toBe(true);
      const { first = [], ...whole } = shopper.helpers;
      expect(first).toEqual(shopper.page.ids.slice(0, first.length));
      for (const [name, ids] of Object.entries(whole))
        expect([name, [...ids].sort()]).toEqual([name, [...straight.page.ids].sort()]);
    });

    check('errors are the client’s own', () => {
      const { straight, shopper } = printed.answers;
      expect(JSON.stringify(straight.errors)).toMatch(
        /404,"index_not_found_exception".*400,"parsing_exception"/,
      );
      expect(shopper.errors).toEqual(straight.errors);
    });

    check('every way to say who is searching works', () => {
      const { user, session } = printed.identified;
      const plain = printed.answers.straight.page.ids;
      for (const ids of Object.values(user)) expectFirst(SHOPPER.brand, ids, plain);
      for (const ids of Object.values(session)) expectFirst(BROWSED.brand, ids, plain);
    });

    check('a client that sniffs stays with Kindred', () => {
      const own = new URL(shop.url);
      for (const node of printed.identified.nodes) expect(new URL(node).host).toBe(own.host);
      expect(heard.filter(({ path }) => path.startsWith('/_nodes')).length).toBeGreaterThan(0);
    });

    check('a compressed request is personalized', () => {
      const packed = heard.filter(({ headers }) => headers['content-encoding'] === 'gzip');
      expect(packed.map(({ personalization }) => personalization)).toEqual([
        expect.stringMatching(/^applied; model=brands@1; profile=individual/),
      ]);
      expectFirst(SHOPPER.brand, printed.identified.compressed, printed.answers.straight.page.ids);
    });

    check('switched off for everybody: everything as straight from the engine', async () => {
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

/** Why searches were left alone, each reason once, of requests with such headers. */
function reasons(heard: readonly Heard[], of: (headers: Heard['headers']) => boolean): string[] {
  const said = heard
    .filter(({ headers, personalization }) => of(headers) && personalization !== '')
    .map(({ personalization }) => /reason=(\S+)$/.exec(personalization)?.[1] ?? personalization);
  return [...new Set(said)].sort();
}
