// The recipes of docs/clients.md, run as they stand there: only addresses and the names of things are replaced.
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { EngineKind } from '../../src/core/engine-kind.js';
import { engines } from '../helpers/engines.js';
import { brandOf, jacketsOf, SHOPPER } from './support/catalog.js';
import { placeRecipes, readRecipes } from './support/recipes.js';
import { clientPackages, folder, runClient } from './support/run-client.js';
import { type ClientShop, openClientShop, SERVER_KEY } from './support/shop.js';

const packages = await clientPackages();
if (packages.skipped) process.stderr.write(`recipes in Python are skipped: ${packages.skipped}\n`);

type Recipes = Readonly<Record<EngineKind, readonly (readonly [recipe: string, installedAs: string])[]>>;
const SERVERS: Recipes = {
  elasticsearch: [
    ['elasticsearch.js', '@elastic/elasticsearch'],
    ['elasticsearch.js', 'elasticsearch-8'],
    ['elasticsearch_client.py', 'elasticsearch-9'],
    ['elasticsearch_client.py', 'elasticsearch-8'],
  ],
  opensearch: [
    ['opensearch.js', '@opensearch-project/opensearch'],
    ['opensearch_client.py', 'opensearch'],
  ],
};
const SHARED = 'kindred.js';
const PAGES = [
  ['searchkit-server.js', 'searchkit-browser.js', '<div id="search"></div><div id="brands"></div>'],
  ['search-ui-server.js', 'search-ui-browser.js', '<div id="search"><input></div>'],
  ['reactivesearch-server.js', 'reactivesearch-browser.jsx', '<div id="shop"></div>'],
] as const;

test('every recipe is run, and the page is linked', () => {
  const servers = Object.values(SERVERS).flatMap((recipes) => recipes.map(([recipe]) => recipe));
  const pages = PAGES.flatMap(([server, page]) => [page, server]);
  const run = new Set([...servers, SHARED, ...pages]);
  expect([...readRecipes().keys()].sort()).toEqual([...run].sort());
  expect(readFileSync(new URL('../../docs/proxy.md', import.meta.url), 'utf8')).toContain('(clients.md)');
});

describe.each(engines())('recipes at $kind', ({ kind }) => {
  let shop: ClientShop;
  let remove = () => {};
  const env = { KINDRED_KEY: SERVER_KEY };
  beforeAll(async () => {
    shop = await openClientShop(kind);
  });
  afterEach(() => remove());
  afterAll(() => shop.close());

  function place(names: readonly string[], more: Readonly<Record<string, string>> = {}) {
    const placed = placeRecipes(names, {
      'http://localhost:9280': shop.url,
      products: shop.index,
      ...more,
    });
    remove = placed.remove;
    shop.take();
    return placed.paths;
  }

  /** Searched as the shopper in this session, and then clicked there, on the last product. */
  async function expectVisit(ids: readonly string[], session: string) {
    const liked = jacketsOf(SHOPPER.brand).map(() => SHOPPER.brand);
    expect(ids.slice(0, liked.length).map(brandOf)).toEqual(liked);
    const heard = shop.take().filter(({ headers }) => headers['x-session-id'] === session);
    expect(heard.map(({ personalization }) => personalization)).toContainEqual(
      expect.stringMatching(/^applied; (model=brands@1; profile=individual|items=[1-9])/),
    );
    const { path, status, headers } = heard.at(-1) ?? {};
    expect([path, status, headers?.['x-user-id']]).toEqual(['/_kindred/events', 202, SHOPPER.user]);
    const next = await fetch(`${shop.url}/${shop.index}/_search?q=title:jacket`, {
      headers: { 'x-kindred-key': SERVER_KEY, 'x-session-id': session },
    });
    expect(next.headers.get('x-personalization')).toMatch(/^applied; .*profile=session/);
    const { hits } = (await next.json()) as { hits: { hits: { _id: string }[] } };
    expect(brandOf(hits.hits[0]?._id ?? '')).toBe(brandOf(ids.at(-1) ?? ''));
  }

  describe.each(SERVERS[kind])('%s', (recipe, installedAs) => {
    const python = recipe.endsWith('.py');
    (python && packages.skipped ? test.skip : test)(`with ${installedAs}`, async () => {
      const session = `${recipe}-${installedAs}`;
      const named = /import \{ Client \} from '(.*)'/.exec(readRecipes().get(recipe) ?? '')?.[1];
      const [script = ''] = place([recipe], { 'visit-7': session, ...(named && { [named]: installedAs }) });
      const printed = await runClient({ script, env, python: packages.python?.[installedAs] });
      await expectVisit(printed.match(/p\d{3}/g) ?? [], session);
    });
  });

  const pages =
    kind === 'elasticsearch' ? PAGES : PAGES.filter(([server]) => !server.startsWith('search-ui'));
  test.each(pages)('%s and %s', async (server, page, body) => {
    const [shared, behind, before] = place([SHARED, server, page]);
    const printed = await runClient({
      script: `${folder}/support/visit.js`,
      arguments: [
        JSON.stringify({
          kindred: shared,
          server: behind,
          page: before,
          body: `${body}<div id="hits"></div>`,
          visitors: [{ visit: `${page}-stranger` }, { visit: page, user: SHOPPER.user }],
        }),
      ],
      env,
    });
    const [stranger, shopper] = JSON.parse(printed) as [Visit, Visit];
    await expectVisit(shopper.found, page);
    expect(new Set(shopper.landing.slice(0, 12).map(brandOf))).toEqual(new Set([SHOPPER.brand]));
    expect(stranger.found.toSorted()).toEqual(shopper.found.toSorted());
    expect(stranger.found).not.toEqual(shopper.found);
  });
});

/** Products as they were shown: on the page as it opened, and for what was typed. */
interface Visit {
  readonly landing: readonly string[];
  readonly found: readonly string[];
}
