// Whatever is written around it, and however oddly: what Kindred adds stands where it belongs, and every other byte
// is the shopper's own. Expected texts are put together from the pieces a request was made of, not by scanning it.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { BoostPlan } from '../../src/core/boost-plan/boost-plan.js';
import { boostFrame, namedFilters } from '../../src/query/boosts/boost-frame.js';
import { rewriteSearch } from '../../src/query/boosts/rewrite.js';
import { readSearchFacts } from '../../src/query/facts/search-facts.js';
import type { EngineCapabilities } from '../../src/query/placement/engine-capabilities.js';
import { choosePlacement } from '../../src/query/placement/placement.js';
import { documentOf } from './document-of.js';
import { gap, tokens, valueText } from './json-text.js';

const PLAN: BoostPlan = {
  category: null,
  profiles: ['individual'],
  overridden: [],
  maxBoost: 30,
  boosts: [
    { field: 'br"and\\', value: 'é🧺\ud800"', factor: 2, profile: 'individual' },
    { field: 'tags', value: 'red', factor: 1.5, profile: 'individual' },
    { field: 'price', value: '..5', range: { lt: 5 }, factor: 0.5, profile: 'individual' },
  ],
};
const SCRIPT = {
  id: 'kindred-boost-1',
  idField: 'id',
  fields: new Map([['br"and\\', 'text'] as const, ['tags', 'text'] as const]),
};
const CAPABILITIES: EngineCapabilities = {
  kind: 'opensearch',
  painless: null,
  rescorerRetriever: true,
  maxWindow: 10_000,
};

/** Functions, functions with names, and the script beside a function. */
const FORMS = [{ names: false }, { names: true }, { names: false, script: SCRIPT }];
type Form = (typeof FORMS)[number];
const form = fc.constantFrom(...FORMS);

const options = (of: Form) => ({ plan: PLAN, categoryField: 'category', multiValuedFields: ['tags'], ...of });
const frame = (of: Form) => boostFrame(options(of));
const wrapped = (query: string, of: Form) => frame(of).join(query);
/** @param weights of the whole search's window, as one boost of the plan lowers scores */
const rescorer = (of: Form, { window = 500, weights = '' } = {}) =>
  `{"window_size":${window},"query":{"rescore_query":${frame(of).join('{"match_all":{}}')},"score_mode":"multiply"${weights}}}`;
const WEIGHTS = ',"query_weight":0.4995,"rescore_query_weight":2.002002';
/** Names inside of parts do not come back. */
const inside = (of: Form): Form => ({ ...of, names: false });

function rewrite(text: string, of: Form): string {
  const body = documentOf(text);
  const placement = choosePlacement(readSearchFacts(body), CAPABILITIES);
  if ('skip' in placement) throw new Error(placement.skip);
  return rewriteSearch({ body, placement, ...options(of) }).toString();
}

/** A key, sometimes with an escape in it. */
const spelled = (key: string) =>
  fc.constantFrom(
    JSON.stringify(key),
    `"\\u00${key.charCodeAt(0).toString(16)}${JSON.stringify(key.slice(1)).slice(1)}`,
  );
/** `"key": value`, with white space anywhere. */
const member = (key: string, value: fc.Arbitrary<string>) =>
  fc
    .tuple(spelled(key), gap, gap, value, gap)
    .map(([name, a, b, text, c]) => [`${name}${a}:${b}`, text, c] as const);
type Member = readonly [head: string, value: string, tail: string];
const plainText = ([head, value, tail]: Member) => head + value + tail;

/** Members that mean nothing to placement, under keys that nothing else has. */
const others = fc
  .array(fc.tuple(valueText, gap, gap), { maxLength: 3 })
  .map((list) => list.map(([text, a, b], i): Member => [`"other${i}"${a}:`, text, b]));

/** An object of these members and others, in any order; `swap` writes some of them in another way. */
function bodyOf(members: readonly (readonly [Member, string?])[], rest: readonly Member[], order: number[]) {
  const all = [...members, ...rest.map((one): [Member] => [one])];
  const sorted = all.map((one, i) => ({ one, at: order[i] ?? 0 })).sort((a, b) => a.at - b.at);
  const write = (texts: string[]) => `{${texts.join(',')}}`;
  return {
    text: write(sorted.map(({ one: [original] }) => plainText(original))),
    expected: write(sorted.map(({ one: [original, instead] }) => instead ?? plainText(original))),
  };
}
const anyOrder = fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 });
const inFront = (text: string, added: string) => `{${added}${text === '{}' ? '' : ','}${text.slice(1)}`;

/** A query in odd spelling that no rule looks into. */
const queryText = fc
  .tuple(valueText, gap, gap)
  .map(([value, a, b]) => `{${a}"match"${b}:${a}{"x":${value}}${b}}`);
const TIES: Member = ['"sort":', '["_score","sku"]', ' '];

describe('only what is added is new', () => {
  test('a window', () => {
    fc.assert(
      fc.property(
        member('query', queryText),
        fc.boolean(),
        others,
        anyOrder,
        form,
        (query, has, rest, order, of) => {
          const { text } = bodyOf(has ? [[query]] : [], rest, order);
          expect(rewrite(text, of)).toBe(inFront(text, `"rescore":${rescorer(of, { weights: WEIGHTS })}`));
        },
      ),
    );
  });

  test('a window before the shop’s own', () => {
    const own = fc
      .tuple(valueText, gap)
      .map(([value, a]) => `{ "query" :${a}{"rescore_query":{"x":${value}}},"window_size":40}`);
    const list = fc
      .tuple(fc.array(own, { maxLength: 3 }), gap)
      .map(([items, a]) => [items.join(`${a},${a}`), a] as const);
    fc.assert(
      fc.property(fc.oneof(own, list), gap, others, anyOrder, form, (rescore, a, rest, order, of) => {
        const ours = rescorer(of, { weights: WEIGHTS });
        const [value, instead] =
          typeof rescore === 'string'
            ? [rescore, `[${ours},${rescore}]`]
            : [`[${rescore[1]}${rescore[0]}]`, `[${ours}${rescore[0] && ','}${rescore[1]}${rescore[0]}]`];
        const { text, expected } = bodyOf(
          [[[`"rescore"${a}:`, value, a], `"rescore"${a}:${instead}${a}`]],
          rest,
          order,
        );
        expect(rewrite(text, of)).toBe(expected);
      }),
    );
  });

  test('a wrapped query', () => {
    fc.assert(
      fc.property(
        member('query', queryText),
        others,
        anyOrder,
        form,
        ([head, query, tail], rest, order, of) => {
          const { text, expected } = bodyOf(
            [[[head, query, tail], head + wrapped(query, of) + tail], [TIES]],
            rest,
            order,
          );
          expect(rewrite(text, of)).toBe(expected);
          const none = bodyOf([[TIES]], rest, order).text;
          expect(rewrite(none, of)).toBe(inFront(none, `"query":${wrapped('{"match_all":{}}', of)}`));
        },
      ),
    );
  });

  test('a wrapped query with a floor, whose bytes move inside', () => {
    const floor = fc.constantFrom('1.50', '0', '-0', '1e0', '"1.2"', '9007199254740993', '1e400');
    fc.assert(
      fc.property(
        ...[member('query', queryText), member('min_score', floor), fc.boolean(), others, anyOrder, form],
        ([head, query, tail], least, has, rest, order, of) => {
          const floored = (inner: string) =>
            wrapped(`{"function_score":{"min_score":${least[1]},"query":${inner}}}`, of);
          if (has) {
            const { text } = bodyOf([[[head, query, tail]], [least], [TIES]], rest, order);
            const result = rewrite(text, of);
            // The member goes with one comma; everything else is as it was, to the token.
            const left = tokens(text.replace(head + query + tail, head + floored(query) + tail));
            const gone = tokens(`{${plainText(least)}}`).slice(1, -1);
            expect(without(left, gone)).toContainEqual(tokens(result));
            expect(result).toContain(head + floored(query));
          } else {
            const { text, expected } = bodyOf(
              [[least, `"query":${floored('{"match_all":{}}')}${least[2]}`], [TIES]],
              rest,
              order,
            );
            expect(rewrite(text, of)).toBe(expected);
          }
        },
      ),
    );
  });

  test('pinned hits, at any depth', () => {
    const clause = fc.constantFrom(
      (inner: string) => `{"bool":{"filter":[{"x":1.0}], "must" : [ {"y":-0} ,${inner} ]}}`,
      (inner: string) => `{ "function_score":{"functions":[],"query" :${inner}}}`,
      (inner: string) => `{"dis_max":{"queries":[ ${inner}]}}`,
      (inner: string) => `{"rule":{"ruleset_ids":[1e400],"organic":${inner}}}`,
    );
    fc.assert(
      fc.property(
        fc.array(clause, { maxLength: 4 }),
        queryText,
        others,
        anyOrder,
        form,
        (path, organic, rest, order, of) => {
          const query = (inner: string) =>
            path.reduce((text, write) => write(text), `{"pinned":{"ids":["\\u0031"],"organic" : ${inner}}}`);
          const { text, expected } = bodyOf(
            [[['"query":', query(organic), ''], `"query":${query(wrapped(organic, inside(of)))}`]],
            rest,
            order,
          );
          expect(rewrite(text, of)).toBe(of.names ? inFront(expected, behind(of)) : expected);
        },
      ),
    );
  });

  test('hybrid queries', () => {
    fc.assert(
      fc.property(
        fc.array(queryText, { minLength: 1, maxLength: 3 }),
        gap,
        others,
        anyOrder,
        form,
        (queries, a, rest, order, of) => {
          const query = (texts: readonly string[]) =>
            `{"hybrid"${a}:{"queries":[${a}${texts.join(`${a},`)}]}}`;
          const boosted = queries.map((text) => wrapped(text, inside(of)));
          const { text, expected } = bodyOf(
            [[['"query":', query(queries), a], `"query":${query(boosted)}${a}`]],
            rest,
            order,
          );
          expect(rewrite(text, of)).toBe(of.names ? inFront(expected, behind(of)) : expected);
        },
      ),
    );
  });

  test('retriever trees', () => {
    interface Tree {
      readonly text: string;
      readonly expected: (of: Form) => string;
      /** where it is another one */
      readonly outermost?: (of: Form) => string;
    }
    const around = (text: string, of: Form) => `{"rescorer":{"retriever":${text},"rescore":${rescorer(of)}}}`;
    const leaf = (text: string, outermost = (of: Form) => around(text, of)): Tree => ({
      text,
      outermost,
      expected: (of) => around(text, of),
    });
    const standard = fc.tuple(queryText, gap).map(([query, a]) => {
      const write = (inner: string) => `{${a}"standard":{"query"${a}:${inner}}}`;
      return leaf(write(query), (of) => write(wrapped(query, of)));
    });
    const knn = fc
      .tuple(valueText, gap)
      .map(([value, a]) => leaf(`{"knn":${a}{"field":"v","query_vector":[0.10,-0],"x":${value}}}`));
    const unknown = valueText.map(
      (value): Tree => ({ text: `{"other":{"x":${value}}}`, expected: () => `{"other":{"x":${value}}}` }),
    );
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 3, depthSize: 'small' },
        standard,
        knn,
        fc.tuple(fc.array(fc.oneof(tie('tree'), unknown), { maxLength: 3 }), gap).map(([list, a]): Tree => {
          const write = (texts: readonly string[]) =>
            `{"rrf":{"rank_constant":1.0,"retrievers"${a}:[${texts.join(`${a},`)}]}}`;
          return {
            text: write(list.map(({ text }) => text)),
            expected: (of) => write(list.map(({ expected }) => expected(of))),
          };
        }),
        fc.tuple(tie('tree'), gap).map(([{ text, expected }, a]): Tree => {
          const write = (inner: string) =>
            `{"linear":{"retrievers":[{"weight":0.50,"retriever":${inner}${a}}]}}`;
          return { text: write(text), expected: (of) => write(expected(of)) };
        }),
        fc.tuple(tie('tree'), gap).map(([{ text, expected }, a]): Tree => {
          const write = (inner: string) => `{"pinned":{"ids":["1"]${a},"retriever":${inner}}}`;
          return { text: write(text), expected: (of) => write(expected(of)) };
        }),
      ),
    }));
    const size: Member = ['"size":', '5.0', ''];
    fc.assert(
      fc.property(tree, gap, others, anyOrder, form, (retriever, a, rest, order, of) => {
        const changed = (retriever.outermost ?? retriever.expected)(inside(of));
        fc.pre(changed !== retriever.text);
        const { text, expected } = bodyOf(
          [[[`"retriever":${a}`, retriever.text, a], `"retriever":${a}${changed}${a}`], [size]],
          rest,
          order,
        );
        expect(rewrite(text, of)).toBe(of.names ? inFront(expected, behind(of)) : expected);
      }),
    );
  });

  test('a filter behind of the shop’s own', () => {
    const named = { names: true };
    fc.assert(
      fc.property(queryText, queryText, gap, others, anyOrder, (organic, filter, a, rest, order) => {
        const pinned = (inner: string) => `{"pinned":{"organic":${inner}}}`;
        const { text, expected } = bodyOf(
          [
            [['"query":', pinned(organic), a], `"query":${pinned(wrapped(organic, inside(named)))}${a}`],
            [
              [`"post_filter"${a}:`, filter, a],
              `"post_filter"${a}:{"bool":{"must":${filter},"should":[${namedFilters(options(named))}]}}${a}`,
            ],
          ],
          rest,
          order,
        );
        expect(rewrite(text, named)).toBe(expected);
      }),
    );
  });
});

function behind(of: Form): string {
  return `"post_filter":{"bool":{"must":{"match_all":{}},"should":[${namedFilters(options(of))}]}}`;
}

/** The list without one run of it and the comma on one side, in every place where the run stands. */
function without(list: readonly string[], run: readonly string[]): string[][] {
  return list.flatMap((_, at) => {
    if (list.slice(at, at + run.length).join('\n') !== run.join('\n')) return [];
    const [before, after] = [list.slice(0, at), list.slice(at + run.length)];
    return [
      [...before, ...after.slice(1)],
      [...before.slice(0, -1), ...after],
    ];
  });
}
