// Page after page, by whatever a client pages with: every hit once, in one order.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engines } from '../helpers/engines.js';
import { type Answer, type BoostedShop, createBoostedShop } from './boosted-shop.js';

const query = { match: { title: 'fresh milk' } };
const ties = [{ _score: 'desc' }, { popularity: 'asc' }];
const size = 11;

describe.each(engines())('$kind', ({ kind }) => {
  let shop: BoostedShop;

  beforeAll(async () => {
    shop = await createBoostedShop(kind);
  });
  afterAll(() => shop.close());

  const ids = ({ hits }: Answer) => hits.hits.map(({ _id }) => _id);

  /** All hits in one page. */
  async function whole(sort: object[]): Promise<string[]> {
    return ids(await shop.send(shop.rewritten({ query, size: 90, sort }).body));
  }

  async function openPit(): Promise<object> {
    const path = kind === 'opensearch' ? '_search/point_in_time' : '_pit';
    const { body } = await shop.engine.request({
      method: 'POST',
      path: `/${shop.index}/${path}`,
      querystring: { keep_alive: '1m' },
    });
    const { id, pit_id } = body as { id?: string; pit_id?: string };
    return { id: id ?? pit_id, keep_alive: '1m' };
  }

  /** Pages by `search_after` until there is nothing more. */
  async function pages(search: object): Promise<string[]> {
    const index = 'pit' in search ? null : shop.index;
    const seen: string[] = [];
    for (let after: readonly unknown[] | undefined; ; ) {
      const page = shop.rewritten({ ...search, size, ...(after && { search_after: after }) });
      expect(page.placement).toBe('wrap');
      const answer = await shop.send(page.body, '', index);
      if (answer.hits.hits.length === 0) return seen;
      seen.push(...ids(answer));
      after = answer.hits.hits.at(-1)!.sort;
    }
  }

  test('search_after with a tie-breaker', async () => {
    expect(await pages({ query, sort: ties })).toEqual(await whole(ties));
  });

  test('search_after in a point in time, with a tie-breaker', async () => {
    const pit = await openPit();
    expect(await pages({ query, sort: ties, pit })).toEqual(await whole(ties));
  });

  test('search_after in a point in time, by score alone', async () => {
    const pit = await openPit();
    const search = { query, sort: [{ _score: 'desc' }], pit };
    if (kind === 'elasticsearch') {
      const seen = await pages(search);
      expect(new Set(seen).size).toBe(90);
      const first = shop.rewritten({ ...search, size: 90 });
      expect(ids(await shop.send(first.body, '', null))).toEqual(seen);
    } else {
      // OpenSearch takes it for no sort at all.
      const { body } = shop.rewritten({ ...search, size, search_after: [1] });
      expect((await shop.engine.request({ method: 'POST', path: '/_search', body })).status).toBe(400);
    }
  });

  test('search_after by score alone, outside of a point in time, is refused by the engine', async () => {
    const body = { query, sort: ['_score'], search_after: [1] };
    const path = `/${shop.index}/_search`;
    expect((await shop.engine.request({ method: 'POST', path, body })).status).toBe(400);
  });

  test('a point in time without a sort gives nothing to go on with, so it is rescored', async () => {
    const first = shop.rewritten({ query, size, pit: await openPit() });
    expect(first.placement).toBe('rescore');
    const { hits } = await shop.send(first.body, '', null);
    expect(hits.hits).toHaveLength(size);
    expect(hits.hits.every(({ sort }) => sort === undefined)).toBe(true);
  });

  test('scroll', async () => {
    const first = shop.rewritten({ query, size }, 'scroll=1m');
    const seen: string[] = [];
    let page = await shop.send(first.body, 'scroll=1m');
    while (page.hits.hits.length > 0) {
      seen.push(...ids(page));
      const body = { scroll: '1m', scroll_id: page._scroll_id };
      page = (await shop.engine.request({ method: 'POST', path: '/_search/scroll', body })).body as Answer;
    }
    await shop.engine.request({
      method: 'DELETE',
      path: '/_search/scroll',
      body: { scroll_id: page._scroll_id },
    });
    expect([...new Set(seen)]).toHaveLength(90);
    const scores = new Map(
      (await shop.send(shop.rewritten({ query, size: 90 }).body)).hits.hits.map((hit) => [
        hit._id,
        hit._score,
      ]),
    );
    const inOrder = seen.map((id) => scores.get(id)!);
    for (const [at, score] of inOrder.entries())
      expect(score).toBeLessThanOrEqual((inOrder[at - 1] ?? Infinity) * (1 + 1e-5));
  });

  test('from and size', async () => {
    const seen: string[] = [];
    for (let from = 0; from < 90; from += size)
      seen.push(...ids(await shop.send(shop.rewritten({ query, from, size }).body)));
    expect(seen).toEqual(ids(await shop.send(shop.rewritten({ query, size: 90 }).body)));
  });
});
