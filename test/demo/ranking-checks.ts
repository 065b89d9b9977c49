// What the demo shows is true: lists differ, every reason is supported, and only the order and the scores change.
import { expect, test } from '@jest/globals';
import { groupId, type ProfileDocument } from '../../src/core/profile/profile.js';
import { eventually } from '../helpers/eventually.js';
import { expectSame } from './plain-checks.js';
import type { RunningDemo } from './run-demo.js';
import { admin, ask, ids, plain, type SearchAnswer, search, storefront } from './shop-client.js';

/** All hits of this search lie within the rescore window of 500. */
const NARROW = 'jacket';
const WHOLE = storefront(NARROW, {
  size: 500,
  track_total_hits: true,
  _source: false,
  aggs: { brands: { terms: { field: 'brand', size: 50 } }, price: { stats: { field: 'price' } } },
});

export function rankingChecks(demo: RunningDemo): void {
  const [first, second] = demo.shoppers;

  test('the two shoppers see other top tens than each other, and than everybody', async () => {
    expect(demo.searches).toHaveLength(2);
    for (const word of demo.searches) {
      const off = ids(await plain(demo, storefront(word)));
      const lists = [];
      for (const user of demo.shoppers) {
        const answer = await search(demo, storefront(word), { user });
        expect(answer.header('x-personalization')).toMatch(/^applied; model=default@1; profile=individual/);
        lists.push(ids(answer));
        expect(printedTable(demo.output, word, user)).toEqual({ off, on: ids(answer) });
      }
      expect(new Set([...lists, off].map(String)).size).toBe(3);
    }
  });

  test('every reason is in the profile it names, and every printed one was among them', async () => {
    const given = new Set<string>();
    for (const user of demo.shoppers) {
      const { profile } = (await admin<{ profile: ProfileDocument }>(demo, `/users/${user}`)).json();
      const profiles: Record<string, readonly string[]> = {
        individual: values(profile),
        group: values(await cohort(demo, profile.cohort ?? '')),
      };
      for (const word of demo.searches) {
        const answer = await search(demo, storefront(word), { user, kindred: 'explain' });
        const { plan = [], hits = [] } = answer.json().ext?.kindred ?? {};
        expect(hits.map(({ _id }) => _id)).toEqual(ids(answer));
        for (const { field, value, profile: source, product } of plan)
          if (product !== 'related') expect(profiles[source]).toContain(`${field} ${value}`);
        for (const { affinities, reasons, relative } of hits) {
          for (const affinity of affinities) expect(plan).toContainEqual(affinity);
          for (const { cause, field, value, factor, evidence } of reasons) {
            const bought = factor < 1 ? 'bought less than others here' : 'bought before';
            const name = cause === 'buy_again' ? bought : `${field} ${value}`;
            given.add(`${user}: ${name} ×${factor.toFixed(2)} ${evidence?.count}`);
          }
          const sum = reasons.reduce((all, { factor }) => all + Math.log(factor), 0);
          expect(sum).toBeCloseTo(Math.log(relative), 6);
        }
      }
    }
    const printed = printedReasons(demo.output);
    // At 80 columns a line has room for one or two reasons with their counts.
    expect(printed.length).toBeGreaterThan(10);
    for (const reason of printed) expect([...given]).toContain(reason);
  });

  test('re-ranked: same hits, totals and aggregations; scores multiplied by the boosts explained', async () => {
    const off = (await plain(demo, WHOLE)).json();
    expect(off.hits.total.value).toBeLessThanOrEqual(500);
    expect(off.hits.hits).toHaveLength(off.hits.total.value);
    const scores = new Map(off.hits.hits.map(({ _id, _score }) => [_id, _score]));
    const answer = await search(demo, WHOLE, { user: first, kindred: 'explain' });
    const on: SearchAnswer = answer.json();
    expect(ids(answer).sort()).toEqual([...scores.keys()].sort());
    expect([...scores.keys()]).not.toEqual(on.hits.hits.map(({ _id }) => _id));
    expect({ total: on.hits.total, aggregations: on.aggregations }).toEqual({
      total: off.hits.total,
      aggregations: off.aggregations,
    });
    for (const [position, { _id, _score }] of on.hits.hits.entries()) {
      const { boost = Number.NaN, ...explained } = on.ext?.kindred.hits[position] ?? {};
      expect(explained).toMatchObject({ _id, rank: position + 1 });
      expect(_score / ((scores.get(_id) ?? 0) * boost)).toBeCloseTo(1, 5);
    }
    // Both forms of the boosts say the same, to a float's last digits; and what fades has faded for a second more.
    const explained = new Map(on.hits.hits.map(({ _id, _score }) => [_id, _score]));
    const { hits } = (await search(demo, WHOLE, { user: first })).json();
    expect(hits.hits).toHaveLength(explained.size);
    for (const { _id, _score } of hits.hits)
      expect(_score / (explained.get(_id) ?? Number.NaN)).toBeCloseTo(1, 5);
  });

  test('the printed curl line runs as it is', async () => {
    expect(demo.curls).toHaveLength(2);
    for (const [at, curl] of demo.curls.entries()) {
      const { url, headers, body } = readCurl(curl);
      const answer = await ask<{ hits: { hits: unknown[] } }>(url, { headers, body });
      expect(answer.header('x-personalization')).toMatch(/^applied; /);
      expect(headers['X-User-Id']).toBe(demo.shoppers[at]);
      expect(answer.json().hits.hits).toHaveLength(10);
    }
  });

  test('OFF brings back the plain order, ON the personal one; others are refused', async () => {
    const body = storefront('shirt');
    const personal = ids(await search(demo, body, { user: second }));
    const read = await admin<{ personalization: { enabled: boolean } }>(demo, '/settings');
    const settings = read.json();
    const put = (enabled: boolean, ifMatch?: string) =>
      admin(demo, '/settings', {
        method: 'PUT',
        body: { ...settings, personalization: { enabled } },
        ...(ifMatch !== undefined && { ifMatch }),
      });
    expect((await put(false)).status).toBe(428);
    const off = await put(false, read.header('etag'));
    expect(off.status).toBe(200);
    await eventually(async () => {
      const answer = await search(demo, body, { user: second });
      expect(answer.header('x-personalization')).toBe('skipped; reason=off');
      expectSame(answer, await plain(demo, body));
    });
    expect((await put(true, read.header('etag'))).status).toBe(412);
    expect((await put(true, off.header('etag'))).status).toBe(200);
    await eventually(async () => expect(ids(await search(demo, body, { user: second }))).toEqual(personal));
  });
}

function values({ scopes, products = [] }: ProfileDocument): string[] {
  const all = scopes.find(({ category }) => category === null)?.fields ?? [];
  return [
    ...all.flatMap(({ field, values }) => values.map(([value]) => `${field} ${value}`)),
    ...products.map(([objectId]) => `_id ${objectId}`),
  ];
}

async function cohort(demo: RunningDemo, key: string): Promise<ProfileDocument> {
  const id = encodeURIComponent(groupId(key, null));
  const found = await ask<{ _source: ProfileDocument }>(`${demo.engine}/kindred-profiles-default/_doc/${id}`);
  return found.json()._source;
}

/** The ids in both columns of a shopper's table. */
function printedTable(output: string, word: string, user: string): { off: string[]; on: string[] } {
  const [, table = ''] = output.split(`"${word}" for shopper ${user}\n`);
  const rows = [
    ...table
      .split('\n\n"', 1)
      .join()
      .matchAll(/^ ?\d+ {2}.* (p\d+) {2}.* (p\d+)$/gm),
  ];
  return { off: rows.map(([, off = '']) => off), on: rows.map(([, , on = '']) => on) };
}

/** Reasons under "OFF … ON" tables of shoppers, with the events they rest on; what the width cut off is left out. */
function printedReasons(output: string): string[] {
  const tables = [...output.matchAll(/^".+" for shopper (\S+)\n([\s\S]*?)\n\n"/gm)];
  return tables.flatMap(([, user, table = '']) =>
    [...table.matchAll(/(?<=: |, )(\w+) ([^×,()\n]+) ×(\d+\.\d\d) \(([\d,]+) [a-z ]+\)/g)].map(
      ([, field, value, factor, events = '']) =>
        [`${user}:`, field, value, `×${factor}`, Number(events.replaceAll(',', ''))].join(' '),
    ),
  );
}

/** Of a printed `curl` line: URL, `-H` headers and `-d` body. */
function readCurl(line: string) {
  const quoted = [...line.matchAll(/(-H |-d )?'([^']*)'/g)];
  const of = (flag: string | undefined) =>
    quoted.filter(([, found]) => found === flag).map(([, , text = '']) => text);
  const headers = Object.fromEntries(of('-H ').map((header) => header.split(': ', 2)));
  return { url: of(undefined)[0] ?? '', headers: headers as Record<string, string>, body: of('-d ')[0] };
}
