// The rewriter adds its text and nothing else, and that text says what the plan says.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Boost, BoostPlan } from '../../../src/core/boost-plan/boost-plan.js';
import { rewriteSearch } from '../../../src/query/boosts/rewrite.js';
import type { Placement } from '../../../src/query/placement/placement.js';
import { documentOf } from '../document-of.js';
import { objectDocument, tokens } from '../json-text.js';

const RESCORE: Placement = { placement: 'rescore', window: 500, zeros: 'none' };
const WRAP: Placement = { placement: 'wrap', zeros: 'none' };

const boost = (field: string, value: string, factor: number, categories?: string[]): Boost => ({
  field,
  value,
  factor,
  profile: 'individual',
  ...(categories && { categories }),
});

function plan(boosts: Boost[], rest: Partial<BoostPlan> = {}): BoostPlan {
  return { category: null, profiles: ['individual'], boosts, overridden: [], maxBoost: 30, ...rest };
}

interface Options {
  readonly placement?: Placement;
  readonly multiValuedFields?: string[];
  readonly names?: boolean;
  readonly categoryField?: string;
  readonly nested?: ReadonlyMap<string, string>;
}

function rewrite(text: string, boosts: BoostPlan, options: Options = {}): string {
  return rewriteSearch({
    body: documentOf(text),
    placement: RESCORE,
    plan: boosts,
    categoryField: 'category',
    multiValuedFields: [],
    names: false,
    ...options,
  }).toString();
}

function rescoreQuery(boosts: BoostPlan, options: Options = {}) {
  return JSON.parse(rewrite('{}', boosts, options)).rescore.query.rescore_query;
}

const functionScore = (functions: object[], query: object, score_mode = 'multiply') => ({
  function_score: { functions, score_mode, boost_mode: 'multiply', max_boost: 30, query },
});
const term = (field: string, value: string) => ({ term: { [field]: value } });

describe('rewriteSearch', () => {
  const acme = plan([boost('brand', 'acme', 2)]);
  const acmeText = JSON.stringify(
    functionScore([{ filter: term('brand', 'acme'), weight: 2 }], { match_all: {} }),
  );

  test('fields in nested objects, and attributes that go by a name in them, are nested filters', () => {
    const nested = new Map([
      ['parts.colour', 'parts'],
      ['shelves.name', 'shelves'],
    ]);
    const within = (path: string, query: object, rest: object = {}) => ({
      nested: { path, score_mode: 'none', ignore_unmapped: true, query, ...rest },
    });
    const named = 'list[name=a "b"].value';
    const pair = { bool: { filter: [term('list.name', 'a "b"'), term('list.value', 'x')] } };
    const boosts = plan([boost('parts.colour', 'red', 2), boost(named, 'x', 3)]);
    expect(rescoreQuery(boosts, { nested, names: true })).toEqual(
      functionScore(
        [
          { filter: within('parts', term('parts.colour', 'red'), { _name: 'kindred:0' }), weight: 2 },
          { filter: within('list', pair, { _name: 'kindred:1' }), weight: 3 },
        ],
        { match_all: {} },
      ),
    );
    const scoped = plan([boost('parts.colour', 'red', 2, ['kites'])]);
    const options = { nested, categoryField: 'shelves.name', names: true };
    const inShelf = within('shelves', { terms: { 'shelves.name': ['kites'] } });
    expect(rescoreQuery(scoped, options)).toEqual(
      functionScore(
        [
          {
            filter: {
              bool: { filter: [within('parts', term('parts.colour', 'red')), inShelf], _name: 'kindred:0' },
            },
            weight: 2,
          },
        ],
        { match_all: {} },
      ),
    );
    const alike = plan([boost(named, 'x', 3), boost(named, 'y', 3)], { rounded: true });
    const together = {
      bool: { filter: [term('list.name', 'a "b"'), { terms: { 'list.value': ['x', 'y'] } }] },
    };
    expect(rescoreQuery(alike, { nested, multiValuedFields: [named] })).toEqual(
      functionScore([{ filter: within('list', together), weight: 3 }], { match_all: {} }, 'first'),
    );
    const bands = plan([{ ...boost('list[name=g].value', '..3', 2), range: { lt: 3 } }]);
    expect(
      rescoreQuery(bands, { nested }).function_score.functions[0].filter.nested.query.bool.filter[1],
    ).toEqual({
      range: { 'list.value': { lt: 3 } },
    });
  });

  test('rescore: everything else stays, to the byte', () => {
    fc.assert(
      fc.property(objectDocument, ({ text, members }) => {
        fc.pre(!members.some(({ key }) => key === 'rescore'));
        const rescore = `"rescore":{"window_size":500,"query":{"rescore_query":${acmeText},"score_mode":"multiply"}}`;
        const result = rewrite(text, acme);
        expect(result).toBe(`{${rescore}${members.length > 0 ? ',' : ''}${text.slice(1)}`);
        tokens(result);
      }),
    );
  });

  test('wrap: the query keeps its own bytes inside, everything else stays', () => {
    const [before, after] = acmeText.split('{"match_all":{}}') as [string, string];
    fc.assert(
      fc.property(objectDocument, ({ text, members }) => {
        const position = members.findIndex(({ key }) => key === 'query');
        const result = rewrite(text, acme, { placement: WRAP });
        tokens(result);
        if (position < 0) {
          expect(result).toBe(`{"query":${acmeText}${members.length > 0 ? ',' : ''}${text.slice(1)}`);
          return;
        }
        const wrapped = before + members[position]!.valueText + after;
        expect(result.length).toBe(text.length + before.length + after.length);
        expect(result.split(wrapped).join(members[position]!.valueText)).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  test('numbers that a double cannot hold survive', () => {
    const text =
      '{"query":{"terms":{"id":[9007199254740993,1e400,-0]}},"search_after":[1.0,12345678901234567890]}';
    for (const placement of [RESCORE, WRAP]) {
      const result = rewrite(text, acme, { placement });
      expect(result).toContain('{"terms":{"id":[9007199254740993,1e400,-0]}}');
      expect(result).toContain('"search_after":[1.0,12345678901234567890]}');
    }
  });

  test('a query that only filters is scored as if it scored 1', () => {
    const text = '{"query":{"bool":{"filter":[]}}}';
    expect(
      JSON.parse(rewrite(text, acme, { placement: { ...RESCORE, zeros: 'all' } })).rescore.query,
    ).toMatchObject({
      score_mode: 'total',
    });
    const wrapped = JSON.parse(rewrite(text, acme, { placement: { ...WRAP, zeros: 'all' } }));
    expect(wrapped.query.function_score.query).toEqual({
      bool: { must: { match_all: {} }, filter: { bool: { filter: [] } } },
    });
  });

  test('where some hits score 0, the smallest of scores is added before it is multiplied', () => {
    const least = { match_all: { boost: 1e-30 } };
    const first = { window_size: 500, query: { rescore_query: least, score_mode: 'total' } };
    const own = { query: { rescore_query: { match_all: {} } } };
    for (const [rescore, rest] of [
      [undefined, []],
      [own, [own]],
      [[own], [own]],
    ] as const) {
      const text = JSON.stringify({ query: { query_string: { query: 'a' } }, rescore });
      const { rescore: list } = JSON.parse(rewrite(text, acme, { placement: { ...RESCORE, zeros: 'some' } }));
      expect(list[0]).toEqual(first);
      expect(list[1]).toMatchObject({ window_size: 500, query: { score_mode: 'multiply' } });
      expect(list.slice(2)).toEqual(rest);
    }
    const text = '{"query":{"query_string":{"query":"a"}}}';
    const wrapped = JSON.parse(rewrite(text, acme, { placement: { ...WRAP, zeros: 'some' } }));
    expect(wrapped.query.function_score.query).toEqual({
      bool: { must: [least, { query_string: { query: 'a' } }] },
    });
  });

  test('fields, values and categories are JSON text, whatever is in them', () => {
    const odd = 'a"b\\c\n</é🧺\u2028\ud800';
    const query = rescoreQuery(plan([boost(odd, odd, 2), boost(odd, odd, 3, [odd])], { overridden: [odd] }));
    const inCategory = { terms: { category: [odd] } };
    expect(query.function_score.functions).toEqual([
      { filter: { bool: { filter: [term(odd, odd)], must_not: [inCategory] } }, weight: 2 },
      { filter: { bool: { filter: [term(odd, odd), inCategory] } }, weight: 3 },
    ]);
  });

  test('a band of numbers is a range, with and without categories and names', () => {
    const band = (value: string, range: object, categories?: string[]) => ({
      ...boost('price', value, 2, categories),
      range,
    });
    const filters = (boosts: BoostPlan, names = false) =>
      rescoreQuery(boosts, { names }).function_score.functions.map((each: { filter: object }) => each.filter);
    const range = { range: { price: { gte: 1e21, lt: 1.5e22 } } };
    const below = { range: { price: { lt: -0.25 } } };
    const boosts = [band('..-0.25', { lt: -0.25 }), band('1e+21..1.5e+22', { gte: 1e21, lt: 1.5e22 })];
    expect(filters(plan(boosts))).toEqual([below, range]);
    expect(filters(plan(boosts), true)).toEqual([
      { bool: { filter: [below], _name: 'kindred:0' } },
      { bool: { filter: [range], _name: 'kindred:1' } },
    ]);
    const shoes = { terms: { category: ['shoes'] } };
    const overridden = [band('..5', { lt: 5 }), band('5..', { gte: 5 }, ['shoes'])];
    expect(filters(plan(overridden, { overridden: ['shoes'] }))).toEqual([
      { bool: { filter: [{ range: { price: { lt: 5 } } }], must_not: [shoes] } },
      { bool: { filter: [{ range: { price: { gte: 5 } } }, shoes] } },
    ]);
  });

  test('multi-valued fields: one level each, first match counts, strongest first', () => {
    const boosts = [
      boost('tag', 'a', 1.5),
      boost('brand', 'x', 2),
      boost('tag', 'b', 3),
      boost('size', 's', 1.1),
    ];
    expect(rescoreQuery(plan(boosts), { multiValuedFields: ['size', 'tag', 'unused'] })).toEqual(
      functionScore(
        [{ filter: term('brand', 'x'), weight: 2 }],
        functionScore(
          [{ filter: term('size', 's'), weight: 1.1 }],
          functionScore(
            [
              { filter: term('tag', 'b'), weight: 3 },
              { filter: term('tag', 'a'), weight: 1.5 },
            ],
            { match_all: {} },
            'first',
          ),
          'first',
        ),
      ),
    );
  });

  test('names sit on the filters and point into the plan', () => {
    const boosts = [boost('tag', 'a', 1.5), boost('brand', 'x', Number.NaN), boost('tag', 'b', 3, ['shoes'])];
    const query = rescoreQuery(plan(boosts), { multiValuedFields: ['tag'], names: true });
    expect(query.function_score.functions.map(({ filter }: { filter: object }) => filter)).toEqual([
      {
        bool: {
          filter: [term('tag', 'b'), { terms: { category: ['shoes'] } }],
          _name: 'kindred:2',
        },
      },
      { term: { tag: { value: 'a', _name: 'kindred:0' } } },
    ]);
  });

  test('the global list is not limited inside one category', () => {
    const inCategory = plan([boost('brand', 'x', 2)], { category: 'milk', overridden: ['milk'] });
    expect(rescoreQuery(inCategory).function_score.functions).toEqual([
      { filter: term('brand', 'x'), weight: 2 },
    ]);
  });

  test('weights keep a millionth, and none that is not a sane number is sent', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (factor) => {
        const [sent] = rescoreQuery(plan([boost('brand', 'x', factor)])).function_score.functions;
        expect(Math.abs(sent.weight / factor - 1)).toBeLessThan(1e-6);
      }),
    );
    const insane = [Number.NaN, 0, -1, Number.POSITIVE_INFINITY, 1e6 + 1, 1e-7, 5e-324];
    expect(rewrite('{"size":1}', plan(insane.map((factor) => boost('brand', 'x', factor))))).toBe(
      '{"size":1}',
    );
    expect(rewrite('{"size":1}', plan([]))).toBe('{"size":1}');
  });
});
