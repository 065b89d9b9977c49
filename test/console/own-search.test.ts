// What is pasted as a search, and the line for a terminal that asks the proxy for what a preview shows.
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { type CurlOptions, curlCaveat, curlSnippet } from '../../src/console/lib/preview/curl-snippet.js';
import { readPasted } from '../../src/console/lib/preview/read-pasted.js';

describe('what is pasted', () => {
  const body = '{"query":{"term":{"id":9007199254740993}}}';
  test.each([body, `  ${body}\n`, `POST /products/_search\n${body}`, `GET products/_search \n${body}`])(
    'is a body, as it is written: %j',
    (text) => expect(readPasted(text)).toEqual({ kind: 'body', body }),
  );

  test('is an event, whose words its shopper searches', () => {
    const event = { action_name: 'search', user_query: ' red shirt ', timestamp: 'now' };
    expect(readPasted(JSON.stringify({ ...event, user_id: 'ann' }))).toEqual({
      kind: 'event',
      query: 'red shirt',
      userId: 'ann',
    });
    expect(readPasted(JSON.stringify(event))).toMatchObject({ query: 'red shirt', userId: null });
  });

  test.each([
    ['red shirt', /not JSON/],
    ['{"query":', /not JSON/],
    ['[{}]', /one JSON object/],
    ['null', /one JSON object/],
    ['{"action_name":"view"}', /no words/],
    ['{"action_name":"search","user_query":7}', /no words/],
  ])('%s is told to be none', (text, words) =>
    expect(readPasted(text)).toEqual({ kind: 'wrong', words: expect.stringMatching(words) }),
  );
});

describe('a line for the terminal', () => {
  const asked: CurlOptions = {
    proxy: 'http://shop-host:19280',
    without: 0,
    on: true,
    request: { index: 'products', body: `{"query":{"match":{"title":"o'neill $HOME \`id\`"}}}` },
    identity: { kind: 'user', id: "o'brien" },
    variant: { model: 'summer', state: 'active', impact: 80 },
    clicks: 0,
  };

  test('says to a shell what was searched, by whom and under what', () => {
    // The shell says what it understood, one argument a line.
    const said = execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }\n${curlSnippet(asked)}`]);
    expect(said.toString().trim().split('\n')).toEqual([
      'http://shop-host:19280/products/_search',
      '-H',
      'X-Kindred-Key: SERVER_KEY',
      '-H',
      'Content-Type: application/json',
      '-H',
      "X-User-Id: o'brien",
      '-H',
      'X-Kindred: model=summer; impact=80; explain',
      '-d',
      asked.request.body,
    ]);
    expect(curlCaveat(asked)).toBe(null);
    expect(curlSnippet({ ...asked, variant: null })).toContain("'X-Kindred: off'");
  });

  test.each<[Partial<CurlOptions>, RegExp]>([
    [{ identity: { kind: 'persona', affinities: [] } }, /made-up tastes/],
    [{ clicks: 2 }, /clicks/],
    [{ variant: { configuration: { id: 'summer' } } }, /unsaved changes/],
    [{ variant: { model: 'summer' } }, /a version that is not live/],
    [{ variant: { model: 'summer', state: 'draft' } }, /a version that is not live/],
    [{ without: 1 }, /left out/],
    [{ on: false }, /off the proxy answers this as the list OFF/],
  ])('what it cannot say is told: %j', (changes, words) =>
    expect(curlCaveat({ ...asked, ...changes })).toMatch(words),
  );
});
