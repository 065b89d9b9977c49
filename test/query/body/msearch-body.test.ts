// Multi-search bodies are taken apart as the engines do it, and put together unchanged.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Msearch, replaceBodies, splitMsearch } from '../../../src/query/body/msearch-body.js';
import { objectDocument, tokens } from '../json-text.js';

const split = (text: string, engine: 'elasticsearch' | 'opensearch' = 'elasticsearch'): Msearch =>
  splitMsearch(Buffer.from(text), engine);

function lines(text: string, engine: 'elasticsearch' | 'opensearch' = 'elasticsearch'): string[][] {
  const bytes = Buffer.from(text);
  return splitMsearch(bytes, engine).items.map(({ header, body }) =>
    [header, body].map(({ start, end }) => bytes.toString('utf8', start, end)),
  );
}

const lineEnd = fc.constantFrom('\n', '\r\n');
const headerLine = fc.constantFrom('{}', '', ' ', '{"index":"products"}', '{"preference":"é"}');
const request = fc.array(
  fc.tuple(
    headerLine,
    objectDocument.map(({ text }) => text.replace(/[\r\n]/g, ' ')),
    lineEnd,
  ),
  { maxLength: 5 },
);

describe('splitMsearch', () => {
  test('pairs lines, and replacing bodies touches only those bodies', () => {
    fc.assert(
      fc.property(request, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), (items, choice) => {
        // An empty header at the very front is read differently by the two engines: tested below.
        const text = items.map(([header, body, end]) => header + end + body + end).join('');
        const engine = text.startsWith('\n') ? 'elasticsearch' : 'opensearch';
        const bytes = Buffer.from(text);
        const msearch = splitMsearch(bytes, engine);
        expect(msearch.items).toHaveLength(items.length);
        expect(msearch.terminated).toBe(items.length > 0);
        expect(replaceBodies(bytes, msearch, new Map())).toEqual(bytes);
        msearch.items.forEach(({ body }, i) => {
          expect(tokens(bytes.toString('utf8', body.start, body.end))).toEqual(tokens(items[i]![1]));
        });
        const replaced = items.map(([header, body, end], i) =>
          choice[i] ? `${header}${end}{"size":${i}}\n` : header + end + body + end,
        );
        const bodies = new Map(
          items.flatMap((_, i) => (choice[i] ? [[i, Buffer.from(`{"size":${i}}`)] as const] : [])),
        );
        expect(replaceBodies(bytes, msearch, bodies).toString()).toBe(replaced.join(''));
      }),
    );
  });

  test('reports a missing final line feed and does not make an item of what lacks it', () => {
    expect(split('{}\n{"size":1}')).toEqual({ items: [], terminated: false });
    expect(split('{}\n{"size":1}\n{}\n{"size":2}')).toMatchObject({ items: [{}], terminated: false });
    expect(split('')).toEqual({ items: [], terminated: false });
  });

  test('an empty line at the front: skipped by OpenSearch, an empty header to Elasticsearch', () => {
    const text = '\n{"index":"a"}\n{"size":1}\n{}\n';
    expect(lines(text, 'opensearch')).toEqual([['{"index":"a"}', '{"size":1}']]);
    expect(lines(text, 'elasticsearch')).toEqual([
      ['', '{"index":"a"}'],
      ['{"size":1}', '{}'],
    ]);
  });

  test('an empty line further on is an empty header, to both', () => {
    const text = '{}\n{"size":1}\n\n{"size":2}\n\n';
    for (const engine of ['elasticsearch', 'opensearch'] as const)
      expect(lines(text, engine)).toEqual([
        ['{}', '{"size":1}'],
        ['', '{"size":2}'],
      ]);
  });

  test.each([
    ['{}', { kind: 'path' }],
    ['', { kind: 'path' }],
    [' \r', { kind: 'path' }],
    ['{"preference":"x"}', { kind: 'path' }],
    ['{"index":"a"}', { kind: 'named', indices: ['a'] }],
    ['{"index":"a,b"}\r', { kind: 'named', indices: ['a', 'b'] }],
    ['{"index":["a","b"]}', { kind: 'named', indices: ['a', 'b'] }],
    ['{"ind\\u0065x":"a","indices":["b"]}', { kind: 'named', indices: ['a', 'b'] }],
    ['{"index":null}', { kind: 'unreadable' }],
    ['{"index":[1]}', { kind: 'unreadable' }],
    ['{"index":"a","index":"b"}', { kind: 'unreadable' }],
    ['{"index":"a"}{"index":"b"}', { kind: 'unreadable' }],
    ['["a"]', { kind: 'unreadable' }],
    ['\u00a0', { kind: 'unreadable' }],
  ])('header %s targets %j', (header, target) => {
    expect(split(`${header}\n{}\n`).items[0]?.target).toEqual(target);
  });
});
