// What shop software and the libraries it is written with ask of an engine, built by their own packages.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engines } from '../helpers/engines.js';
import { DRESSED } from './support/builders-catalog.js';
import {
  answersOf,
  type BuiltRequest,
  beside,
  buildRequests,
  foundBy,
  isPage,
  type SearchAnswer,
  send,
  sendPersonal,
  walk,
  withoutOrder,
} from './support/built-requests.js';
import { brandOf, SHOPPER } from './support/catalog.js';
import { clientPackages, folder } from './support/run-client.js';
import { type ClientShop, openClientShop, SERVER_KEY } from './support/shop.js';

/** its script, and for Python the list of its packages */
const BUILDERS: readonly (readonly [name: string, script: string, packages?: string])[] = [
  ['Vue Storefront', 'vue-storefront.js'],
  ['Vendure', 'vendure.js'],
  ['Search UI', 'search-ui-connector.js'],
  ['Searchkit', 'searchkit-api.js'],
  ['elastic-builder', 'elastic-builder-dsl.js'],
  ['django-oscar', 'django_oscar.py', 'django'],
  ['django-haystack', 'django_haystack.py', 'django'],
  ['elasticsearch-dsl', 'elasticsearch_dsl.py', 'elasticsearch-9'],
  ['opensearch-dsl', 'opensearch_dsl.py', 'opensearch'],
  ['public reports', 'public-reports.js'],
  ['more public reports', 'more-public-reports.js'],
];

const packages = await clientPackages();
if (packages.skipped) process.stderr.write(`builders in Python are skipped: ${packages.skipped}\n`);

const TRUSTED = { 'x-kindred-key': SERVER_KEY };
const ON = { ...TRUSTED, 'x-user-id': SHOPPER.user };

describe.each(engines())('builders at $kind', ({ kind }) => {
  let shop: ClientShop;
  beforeAll(async () => {
    shop = await openClientShop(kind, { dress: DRESSED });
  });
  afterAll(() => shop.close());

  describe.each(BUILDERS)('%s', (_, script, needs) => {
    const check = needs && packages.skipped ? test.skip : test;
    let requests: BuiltRequest[];
    beforeAll(async () => {
      if (check === test.skip) return;
      const python = needs ? packages.python?.[needs] : undefined;
      requests = await buildRequests(`${folder}builders/${script}`, shop.index, python);
      expect(requests.length).toBeGreaterThanOrEqual(8);
    });

    check('switched off, and for nobody: byte for byte what the engine says', async () => {
      for (const request of requests) {
        const { said: _, ...straight } = await send(shop.engineUrl, request);
        for (const headers of [{ ...ON, 'x-kindred': 'off' }, TRUSTED]) {
          const { said, ...answered } = await send(shop.url, request, headers);
          expect([request.name, answered]).toEqual([request.name, straight]);
          expect(said).toMatch(/^skipped; reason=/);
        }
      }
    });

    check(
      'for a shopper: the same hits, totals, facets and suggestions, and liked brands earlier',
      async () => {
        const straightly = (request: BuiltRequest) => send(shop.engineUrl, request);
        const personally = (request: BuiltRequest) => sendPersonal(shop.url, request, ON);
        let earlier = 0;
        for (const request of requests) {
          const { name, said, exact } = request;
          const straight = await straightly(request);
          const own = await personally(request);
          expect([name, own.status]).toEqual([name, straight.status]);
          if (straight.status !== 200 || said || (exact && !own.said?.startsWith('applied'))) {
            expect([name, own.text]).toEqual([name, straight.text]);
            if (straight.status !== 200)
              expect([name, own.said]).toEqual([name, expect.stringMatching(/^skipped/)]);
            if (said) expect([name, own.said]).toEqual([name, `skipped; reason=${said}`]);
            continue;
          }
          expect([name, own.said]).toEqual([name, expect.stringMatching(/^applied/)]);
          const answers = answersOf(own);
          for (const [n, plain] of answersOf(straight).entries()) {
            const answer = answers[n] ?? {};
            const rest = isPage(plain) ? beside : withoutOrder;
            expect([name, rest(answer)]).toEqual([name, rest(plain)]);
            if (isPage(plain)) {
              const [found, there] = [await walk(personally, request, n), await walk(straightly, request, n)];
              expect([name, foundBy(found, request, n)]).toEqual([name, foundBy(there, request, n)]);
            } else earlier += liked(plain) - liked(answer);
          }
        }
        expect(earlier).toBeGreaterThan(0);
      },
    );
  });
});

/** The mean place of the shopper's brand; less is earlier. */
function liked({ hits }: SearchAnswer): number {
  const ids = hits?.hits.map(({ _id }) => _id) ?? [];
  const places = ids.flatMap((id, at) => (brandOf(id) === SHOPPER.brand ? [at] : []));
  return places.length && places.reduce((sum, at) => sum + at, 0) / places.length;
}
