// Previews of a search that was pasted, as the proxy answers it; and the searches and users that change most.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { compareExamples } from '../../src/core/explain/compare-examples.js';
import { engines } from '../helpers/engines.js';
import { problem } from './admin-shop.js';
import { MODEL, openTrainedShop, type TrainedShop } from './trained-shop.js';

const ids = (hits: readonly { readonly id: string }[]) => hits.map(({ id }) => id);
const tastes = { model: 'tastes' };

describe.each(engines())('$kind', ({ kind }) => {
  let shop: TrainedShop;
  beforeAll(async () => {
    shop = await openTrainedShop(kind);
    await shop.modelStore.create(MODEL, 'test');
    await shop.activate('tastes');
  });
  afterAll(() => shop.close());

  const post = (path: string, body: object) => shop.agent().post(`/api/${path}`).send(body);
  const preview = (body: object) => post('preview', { who: { user_id: 'ann' }, variants: [tastes], ...body });
  const summer = { match: { title: 'summer' } };

  const searches: [string, object][] = [
    ['a plain one', { query: summer }],
    ['one in a category', { query: { bool: { must: [summer], filter: [{ term: { category: 'shoes' } }] } } }],
    [
      'one of a shop, with all that stands beside it',
      {
        from: 3,
        size: 2,
        _source: false,
        query: { function_score: { query: summer, field_value_factor: { field: 'popularity', missing: 0 } } },
        aggs: { brands: { terms: { field: 'brand' } } },
        highlight: { fields: { title: {} } },
        post_filter: { term: { category: 'shirts' } },
        min_score: 0.01,
        ext: { kindred: { user_id: 'bob', off: true, impact: 0, model: 'nope', category: 'shirts' } },
      },
    ],
    [
      'one with a rescore of its own',
      { query: summer, rescore: { window_size: 50, query: { rescore_query: { match_all: {} } } } },
    ],
  ];
  test.each(searches)(
    'what runs is what was pasted, and the proxy answers the same: %s',
    async (_, search) => {
      const { body } = await preview({ body: JSON.stringify(search) }).expect(200);
      const on = await shop.ask(JSON.parse(body.request.body), { 'x-user-id': 'ann' }).expect(200);
      const off = await shop
        .ask(JSON.parse(body.request.body), { 'x-user-id': 'ann', 'x-kindred': 'off' })
        .expect(200);
      const shown = (answer: typeof on) => answer.body.hits.hits.map(({ _id }: { _id: string }) => _id);
      expect(ids(body.variants[0].hits)).toEqual(shown(on));
      expect(ids(body.off.hits)).toEqual(shown(off));
      expect(body.variants[0].outcome).toBe('applied');
      expect(body.off.hits.length).toBeGreaterThan(2);
      expect(body.off.hits[0].title).toMatch(/^Summer/);
      expect(body.total).toBeGreaterThan(2);
    },
  );

  test('numbers that a double cannot hold stay as they are written', async () => {
    const text =
      '{"query":{"bool":{"must":[{"match":{"title":"summer"}}],"must_not":[{"term":{"popularity":9007199254740993}}]}}}';
    const { body } = await preview({ body: text }).expect(200);
    expect(body.request.body).toContain('9007199254740993');
  });

  test('fields that are asked for are shown, whatever the models know', async () => {
    const { body } = await preview({ query: 'summer', fields: ['popularity', 'no such'] }).expect(200);
    expect(body.off.hits[0].fields).toMatchObject({
      popularity: expect.stringMatching(/^\d/),
      'no such': '',
      brand: expect.any(String),
    });
  });

  const deep = `{"query":${'{"bool":{"must":'.repeat(400)}{"match_all":{}}${'}}'.repeat(400)}}`;
  const refused: [string, string, RegExp][] = [
    ['nothing but words', 'yogurt', /must be one JSON object/],
    ['a list', '[{}]', /must be one JSON object/],
    ['half of a body', '{"query":\n  {"match_all":{}', /is not JSON \(line 2, character \d+\)/],
    ['a key twice', '{"query":{"match_all":{}},"query":{"match_none":{}}}', /key twice/],
    ['too deep', deep, /nested too deep/],
    ['directives of no kind', '{"ext":{"kindred":{"imapct":3}}}', /imapct/],
    [
      'a lookup in another index',
      '{"query":{"terms":{"brand":{"index":"kindred-audit","id":"1","path":"x"}}}}',
      /catalog alone.*index/,
    ],
    [
      'what is like a document of another index',
      '{"query":{"more_like_this":{"fields":["title"],"like":[{"_index":"ubi_events","_id":"1"}]}}}',
      /catalog alone.*_index/,
    ],
    ['a point in time', '{"pit":{"id":"abc"}}', /catalog alone.*pit/],
  ];
  test.each(refused)('%s is refused in words', async (_, body, words) => {
    const answer = await preview({ body });
    expect(answer).toEqual(problem(422, 'invalid-content'));
    expect(answer.body.errors).toEqual([{ path: 'body', message: expect.stringMatching(words) }]);
  });

  test('what the engine refuses is told in its words; too much is too much', async () => {
    for (const [body, words] of [
      ['{"query":{"no_such_query":{}}}', /no_such_query/],
      ['{"qurey":{}}', /qurey/],
      ['{"query":{"match":{"title":{"query":"x","fuzziness":[]}}}}', /refuses/],
    ] as const) {
      const answer = await preview({ body });
      expect(answer).toEqual(problem(422, 'search-refused'));
      expect(answer.body.detail).toMatch(words);
    }
    expect(await preview({ body: `{"query":${' '.repeat(200_001)}{}}` })).toEqual(
      problem(422, 'invalid-content'),
    );
    expect(await preview({ body: '{}', query: 'summer' })).toEqual(problem(422, 'invalid-content'));
    expect(await preview({ fields: Array.from({ length: 9 }, String) })).toEqual(
      problem(422, 'invalid-content'),
    );
  });

  test('examples come piece by piece, searches by words and what is most changed first, and are what a preview of them shows', async () => {
    const found = [];
    let from: number | null = 0;
    let before = 0;
    while (from !== null) {
      const { body }: { body: ExamplesAnswer } = await post('preview/examples', {
        variants: [tastes],
        from,
      }).expect(200);
      expect(body.compared).toBeGreaterThan(before);
      expect(body.compared).toBeLessThanOrEqual(body.total);
      expect(body.examples).toEqual([...body.examples].sort(compareExamples));
      found.push(...body.examples);
      before = body.compared;
      from = body.next;
    }
    expect(found.length).toBeGreaterThan(0);
    expect(found.some(({ category }) => category !== null)).toBe(true);
    const [first] = found.sort(compareExamples);
    const { query, category, user_id } = first ?? { query: '', category: null, user_id: '' };
    const shown = await preview({ query, category, who: { user_id } }).expect(200);
    expect(ids(shown.body.variants[0].hits)).not.toEqual(ids(shown.body.off.hits));
    expect(first?.change).toBeGreaterThan(0);
  });

  test('examples are searches of this catalog: what is asked for more often in another is left out', async () => {
    const sofas = Array.from({ length: 10 }, (_, n) => ({
      action_name: 'search',
      user_query: `sofa ${n % 5}`,
    }));
    const own = ['summer shoe', 'Summer SHIRT', 'summer 4'].map((user_query) => ({
      action_name: 'search',
      user_query,
    }));
    await shop.send(
      ...[...sofas, ...own].map((each, n) => ({ ...each, user_id: `u${n}`, session_id: `s${n}` })),
    );
    const { body: first }: { body: ExamplesAnswer } = await post('preview/examples', {
      variants: [tastes],
    }).expect(200);
    // Of six users: these three, and the two categories.
    expect(first.total).toBe(6 * 5);
    const asked = new Set<string>();
    for (let from: number | null = 0; from !== null; ) {
      const { body }: { body: ExamplesAnswer } = await post('preview/examples', {
        variants: [tastes],
        from,
      }).expect(200);
      for (const { query } of body.examples) asked.add(query);
      from = body.next;
    }
    expect([...asked].filter((query) => query.startsWith('sofa'))).toEqual([]);
    expect(asked).toContain('summer shoe');
    expect(asked).toContain('Summer SHIRT');
  });

  test('two variants that are one have no examples; others are told apart', async () => {
    const same = await post('preview/examples', { variants: [tastes, tastes] }).expect(200);
    expect(same.body).toMatchObject({ examples: [] });
    const more = await post('preview/examples', { variants: [{ ...tastes, impact: 0 }, tastes] }).expect(200);
    const off = await post('preview/examples', { variants: [tastes] }).expect(200);
    expect(more.body).toEqual(off.body);
    expect(await post('preview/examples', { variants: [] })).toEqual(problem(422, 'invalid-content'));
    expect(await post('preview/examples', { variants: [{ model: 'nope' }] })).toEqual(
      problem(404, 'model-not-found'),
    );
    const late = await post('preview/examples', { variants: [tastes], from: 1_000 }).expect(200);
    expect(late.body).toMatchObject({ next: null, examples: [] });
  });
});

interface ExamplesAnswer {
  readonly total: number;
  readonly compared: number;
  readonly next: number | null;
  readonly examples: readonly {
    readonly query: string;
    readonly category: string | null;
    readonly user_id: string;
    readonly change: number;
    readonly others: number;
  }[];
}
