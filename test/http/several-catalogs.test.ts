// Two catalogs behind one Kindred, one of them three indices of one shop in three languages: each with models and a switch of its own.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { catalogSchema } from '../../src/core/catalog.js';
import type { EngineKind } from '../../src/core/engine-kind.js';
import { bootstrapIndices } from '../../src/engine/indices/bootstrap.js';
import { createServices } from '../../src/server/create-services.js';
import { startKindred } from '../../src/server/start-kindred.js';
import { NO_ALERTS } from '../helpers/alerts.js';
import { engines, uniqueIndex } from '../helpers/engines.js';
import { eventually } from '../helpers/eventually.js';
import { indexDocuments } from '../helpers/index-documents.js';
import { openNamespace } from '../helpers/namespace.js';

const KEYS = { server: 'srv_two_catalogs', admin: 'adm_two_catalogs' };
const ANN = { 'x-user-id': 'ann' };
const LOOPBACK = { host: '127.0.0.1', port: 0 };
const keyword = { type: 'keyword' };
const DAY_MS = 86_400_000;

const WORDS = {
  de: ['rot', 'blau', 'gelb'],
  fr: ['rouge', 'bleu', 'jaune'],
  en: ['red', 'blue', 'yellow'],
};
type Locale = keyof typeof WORDS;
const MAKERS = ['Arlo', 'Brio', 'Cleo', 'Duo'];

/** Thirty-six toys, the same ids in every language; blue ones of Cleo are what Ann buys. */
const TOYS = Array.from({ length: 36 }, (_, n) => ({
  id: `t${n}`,
  color: n % 3,
  maker: MAKERS[n % 4] ?? '',
}));
const TOOLS = Array.from({ length: 24 }, (_, n) => ({
  id: `w${n}`,
  kind: n % 2 ? 'saw' : 'drill',
  volt: `${n % 3}`,
}));

function toy({ id, color, maker }: (typeof TOYS)[number], locale: Locale) {
  return { object_id: id, title: 'kite', category: 'kites', maker, colour: WORDS[locale][color] };
}

const purchase = (user_id: string, object_id: string, n: number): [string, object] => [
  `${user_id}-${object_id}-${n}`,
  {
    action_name: 'purchase',
    timestamp: new Date(Date.now() - (1 + (n % 20)) * DAY_MS).toISOString(),
    user_id,
    session_id: `${user_id}-${n}`,
    event_attributes: { object: { object_id } },
  },
];

function purchases(): [string, object][] {
  const everybody = Array.from({ length: 40 }, (_, person) =>
    [0, 1, 2, 3].flatMap((n) => [
      purchase(`u${person}`, `t${(person * 5 + n * 7) % 36}`, n),
      purchase(`u${person}`, `w${(person * 3 + n * 5) % 24}`, n),
    ]),
  ).flat();
  const liked = TOYS.filter(({ color, maker }) => color === 1 && maker === 'Cleo');
  const saws = TOOLS.filter(({ kind }) => kind === 'saw').slice(0, 6);
  return [...everybody, ...[...liked, ...saws].map(({ id }, n) => purchase('ann', id, n))];
}

const model = (id: string, catalog: string, ...fields: string[]) => ({
  id,
  catalog,
  name: 'Tastes',
  globalAffinityFields: fields.map((field) => ({ field, weight: 100 / fields.length })),
  eventWeights: [
    { event: 'purchase', weight: 70 },
    { event: 'view', weight: 30 },
  ],
  products: { buyAgain: 0, related: 0 },
  profiles: { group: false },
  impact: 100,
});

async function open(kind: EngineKind) {
  const { connection, engine, prefix, close } = await openNamespace(kind, 'several');
  const base = uniqueIndex('toys');
  const locales = { de: `${base}_de`, fr: `${base}_fr`, en: `${base}_en_v1` };
  const tools = uniqueIndex('tools');
  const create = async (index: string, shards: number, properties: object, documents: [string, object][]) => {
    await connection.createIndex(index, {
      settings: { number_of_shards: shards, number_of_replicas: 0 },
      mappings: {
        properties: { object_id: keyword, title: { type: 'text' }, category: keyword, ...properties },
      },
    });
    await indexDocuments(connection, index, documents);
    await connection.swapAlias(prefix + index, index);
  };
  for (const [locale, index] of Object.entries(locales) as [Locale, string][])
    await create(
      index,
      locale === 'en' ? 3 : 1,
      { maker: keyword, colour: keyword },
      TOYS.map((each) => [each.id, toy(each, locale)]),
    );
  const inTools = TOOLS.map(({ id, ...rest }): [string, object] => [
    id,
    { object_id: id, title: 'tool', ...rest },
  ]);
  await create(tools, 1, { kind: keyword, volt: keyword }, inTools);
  await bootstrapIndices(engine);
  await indexDocuments(engine, 'ubi_events', purchases());
  const catalogs = [
    catalogSchema.parse({ name: 'toys', index: [locales.de, locales.fr, `${base}_en_*`] }),
    catalogSchema.parse({ index: tools }),
  ];
  const log = pino({ level: 'error' }, pino.destination(2));
  const services = await createServices(engine, { catalogs, archiveDir: null }, log);
  const kindred = await startKindred({
    services,
    searchAddress: { url: connection.url },
    settings: {
      serverKeys: [KEYS.server],
      adminKeys: [KEYS.admin],
      editorKeys: [],
      viewerKeys: [],
      alerts: NO_ALERTS,
      redisUrl: null,
      proxy: LOOPBACK,
      admin: LOOPBACK,
    },
    warnings: [],
    log,
  });
  async function api(method: string, path: string, body?: object, ifMatch = '*') {
    const headers = { 'x-kindred-key': KEYS.admin, 'content-type': 'application/json', 'if-match': ifMatch };
    const response = await fetch(`${kindred.adminUrl}/api${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  }
  async function ask(path: string, body: string | object, who: Record<string, string> = ANN) {
    const headers = { 'x-kindred-key': KEYS.server, 'content-type': 'application/json', ...who };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${kindred.proxyUrl}${path}`, { method: 'POST', headers, body: text });
    const said = response.headers.get('x-personalization') ?? '';
    return { status: response.status, said, body: JSON.parse(await response.text()) };
  }
  return {
    api,
    ask,
    locales,
    tools,
    refresh: kindred.refresh,
    lifecycle: services.lifecycle,
    async close() {
      await kindred.close();
      for (const index of [...Object.values(locales), tools]) await connection.deleteIndex(index);
      await close();
    },
  };
}

describe.each(engines())('$kind', ({ kind }) => {
  let shop: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    shop = await open(kind);
  });
  afterAll(() => shop.close());

  // Every product scores the same: what is in front is there for taste alone.
  const QUERY = { query: { match_all: {} }, size: 36 };
  const said = async (index: string, query: object = QUERY) =>
    (await shop.ask(`/${index}/_search`, query)).said;
  const ids = (answer: { body: { hits: { hits: { _id: string }[] } } }) =>
    answer.body.hits.hits.map(({ _id }) => _id);

  async function goLive(id: string) {
    const { state, error } = await (await shop.lifecycle.start(id, { actor: 'test' })).finished;
    if (state !== 'completed') throw new Error(String(error));
    expect((await shop.api('POST', `/models/${id}/save`)).status).toBe(200);
    expect((await shop.api('POST', `/models/${id}/activate?force=true`)).status).toBe(200);
    await shop.refresh();
    // The first read of a profile may miss its deadline on a busy machine.
    const index = id.startsWith('toy') ? shop.locales.de : shop.tools;
    await eventually(async () => expect(await said(index)).toMatch(`applied; model=${id}@1`));
  }

  test('each has a default model of its own, and room for two more of the same name', async () => {
    const { body } = await shop.api('GET', '/session');
    expect(body.catalogs.map(({ name }: { name: string }) => name)).toEqual(['toys', shop.tools]);
    const listed = async (query: string) =>
      (await shop.api('GET', `/models${query}`)).body.models.map((one: { id: string; catalog: string }) => [
        one.id,
        one.catalog,
      ]);
    expect(await listed('')).toEqual([['default', 'toys']]);
    expect(await listed('?catalog=toys')).toEqual([['default', 'toys']]);
    expect(await listed(`?catalog=${shop.tools}`)).toEqual([
      [`default_${shop.tools.replaceAll('-', '_')}`, shop.tools],
    ]);
    expect((await shop.api('GET', '/models?catalog=cars')).body).toMatchObject({
      status: 404,
      code: 'catalog-not-found',
    });
    for (const [id, catalog, ...fields] of [
      ['toy_tastes', 'toys', 'maker', 'colour'],
      ['tool_tastes', shop.tools, 'kind'],
    ] as const) {
      const { catalog: _, ...unsaid } = model(id, catalog, ...fields);
      expect((await shop.api('POST', `/models?catalog=${catalog}`, unsaid)).body).toMatchObject({
        id,
        catalog,
      });
      const two = { ...unsaid, id: `${id}_2`, name: 'Second' };
      expect((await shop.api('POST', `/models?catalog=${catalog}`, two)).status).toBe(201);
      const three = { ...unsaid, id: `${id}_3`, name: 'Third' };
      expect((await shop.api('POST', `/models?catalog=${catalog}`, three)).body).toMatchObject({
        code: 'too-many-models',
      });
    }
    const wrong = await shop.api('POST', '/models?catalog=toys', model('odd', 'toys', 'volt'));
    expect(wrong.body).toMatchObject({ status: 422, errors: [{ path: 'globalAffinityFields.0.field' }] });
  });

  test('a model serves its own catalog, in every language, and no other', async () => {
    await goLive('toy_tastes');
    expect(await said(shop.locales.de)).toMatch(/^applied; model=toy_tastes@1/);
    expect(await said(shop.tools)).toBe('skipped; reason=no-model');
    await goLive('tool_tastes');
    expect(await said(shop.tools, { query: { match: { title: 'tool' } } })).toMatch(
      /^applied; model=tool_tastes@1/,
    );
    for (const [locale, index] of Object.entries(shop.locales) as [Locale, string][]) {
      const answer = await shop.ask(`/${index}/_search`, { ...QUERY, ext: { kindred: { explain: true } } });
      expect(answer.said).toMatch(/^applied; model=toy_tastes@1/);
      // What she bought is blue in every language; the word of this one is what its products are found by.
      const [first] = ids(answer);
      expect(toy(TOYS[Number(first?.slice(1))] ?? { id: '', color: 0, maker: '' }, locale)).toMatchObject({
        maker: 'Cleo',
        colour: WORDS[locale][1],
      });
    }
  });

  test('a multi-search over both personalizes each item by its own; so does a point in time', async () => {
    const lines = [shop.locales.de, shop.locales.en, shop.tools].flatMap((index) => [
      JSON.stringify({ index }),
      JSON.stringify({ query: { match_all: {} } }),
    ]);
    const { said: header, body } = await shop.ask('/_msearch', `${lines.join('\n')}\n`);
    expect(header).toBe('applied; items=3/3');
    const tops = body.responses.map(
      ({ hits }: { hits: { hits: { _source: object }[] } }) => hits.hits[0]?._source,
    );
    expect(tops).toMatchObject([{ colour: 'blau' }, { colour: 'blue' }, { kind: 'saw' }]);
    const path =
      kind === 'elasticsearch' ? `/${shop.locales.fr}/_pit` : `/${shop.locales.fr}/_search/point_in_time`;
    const opened = await shop.ask(`${path}?keep_alive=1m`, '');
    const pit = { id: opened.body.id ?? opened.body.pit_id, keep_alive: '1m' };
    expect((await shop.ask('/_search', { ...QUERY, pit })).said).toMatch(/^applied; model=toy_tastes@1/);
  });

  test('several indices of one catalog are that catalog; of two, none', async () => {
    const { de, fr, en } = shop.locales;
    expect(await said(`${de},${fr}`)).toMatch(/^applied; model=toy_tastes@1/);
    expect(await said(en.replace(/v1$/, '*'))).toMatch(/^applied; model=toy_tastes@1/);
    expect(await said(`${de},${shop.tools}`)).toBe('skipped; reason=unsupported');
  });

  test('one is switched off, and not the other', async () => {
    const { body: settings } = await shop.api('GET', '/settings?catalog=toys');
    const off = { ...settings, personalization: { enabled: false } };
    expect((await shop.api('PUT', '/settings?catalog=toys', off)).status).toBe(200);
    await shop.refresh();
    expect(await said(shop.locales.fr)).toBe('skipped; reason=off');
    expect(await said(shop.tools)).toMatch(/^applied; model=tool_tastes@1/);
    expect((await shop.api('GET', `/settings?catalog=${shop.tools}`)).body.personalization).toEqual({
      enabled: true,
    });
    expect((await shop.api('PUT', '/settings?catalog=toys', settings)).status).toBe(200);
    await shop.refresh();
    expect(await said(shop.locales.fr)).toMatch(/^applied/);
  });

  test('one user is followed through all: a click in one language counts in another', async () => {
    const session_id = `visit-${kind}`;
    const event = {
      action_name: 'click',
      session_id,
      client_id: session_id,
      timestamp: new Date().toISOString(),
    };
    for (const { id } of TOYS.filter(({ maker }) => maker === 'Arlo').slice(0, 4)) {
      const clicked = { ...event, event_attributes: { object: { object_id: id } } };
      const sent = await shop.ask('/_kindred/events', [clicked]);
      expect(sent.body).toMatchObject({ accepted: 1 });
    }
    await eventually(async () => {
      const answer = await shop.ask(`/${shop.locales.fr}/_search`, QUERY, {
        'x-session-id': session_id,
        'x-client-id': session_id,
      });
      expect(answer.said).toMatch(/profile=session/);
      expect(TOYS[Number(ids(answer)[0]?.slice(1))]?.maker).toBe('Arlo');
    });
  });

  test('users, readiness and previews are of the catalog that is asked for', async () => {
    const people = (await shop.api('GET', `/people?catalog=${shop.tools}`)).body.people;
    expect(people.length).toBeGreaterThan(0);
    const ann = (await shop.api('GET', `/users/ann?catalog=${shop.tools}`)).body;
    expect(JSON.stringify(ann.plan)).toContain('saw');
    expect(JSON.stringify((await shop.api('GET', '/users/ann')).body.plan)).toContain('bleu');
    const { body: ready } = await shop.api('GET', `/readiness?catalog=${shop.tools}`);
    expect(ready.checks[0].message).toContain(shop.tools);
    const preview = await shop.api('POST', '/preview', {
      catalog: 'toys',
      query: 'kite',
      who: { user_id: 'ann' },
      variants: [{ model: 'toy_tastes' }],
    });
    expect(preview.body).toMatchObject({
      total: 108,
      variants: [{ outcome: expect.stringMatching(/^applied/) }],
    });
  });
});
