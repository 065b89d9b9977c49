// Fields of several indices behind one alias: what is nested or flattened in one of them only costs no hits.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BoostPlan } from '../../../src/core/boost-plan/boost-plan.js';
import type { EngineClient, MappingProperty } from '../../../src/engine/client/client.js';
import { readBoostFields } from '../../../src/models/serving/boost-fields.js';
import { boostFrame } from '../../../src/query/boosts/boost-frame.js';
import { connectTest, engines, uniqueIndex } from '../../helpers/engines.js';
import { indexDocuments } from '../../helpers/index-documents.js';

const keyword = { type: 'keyword' };

describe.each(engines())('boost fields on $kind', ({ kind }) => {
  let engine: EngineClient;
  const [nested, plain, bare] = ['nested', 'plain', 'bare'].map((name) => uniqueIndex(`boosts-${name}`)) as [
    string,
    string,
    string,
  ];
  const mappings: Record<string, Record<string, MappingProperty>> = {
    [nested]: {
      parts: {
        type: 'nested',
        properties: { colour: keyword, bits: { type: 'nested', properties: { of: keyword } } },
      },
      specs: { type: kind === 'opensearch' ? 'flat_object' : 'flattened' },
      make: { type: 'text', fields: { raw: keyword } },
      brand: { type: 'alias', path: 'make.raw' },
    },
    [plain]: {
      parts: { properties: { colour: keyword } },
      specs: { properties: { size: { type: 'long' }, tone: keyword } },
      brand: keyword,
    },
    [bare]: { other: keyword },
  };
  beforeAll(async () => {
    engine = await connectTest(kind);
    for (const [index, properties] of Object.entries(mappings)) {
      const settings = { number_of_shards: 1, number_of_replicas: 0 };
      await engine.createIndex(index, { settings, mappings: { properties } });
      await indexDocuments(engine, index, [
        ['1', index === bare ? { other: 'x' } : { parts: [{ colour: 'red' }], specs: { tone: 'dusk' } }],
      ]);
    }
  });
  afterAll(async () => {
    for (const index of Object.keys(mappings)) await engine.deleteIndex(index);
    await engine.close();
  });

  test('each nested field comes with the innermost object it is in; an alias is what it stands for', async () => {
    const found = await readBoostFields(engine, nested);
    expect(Object.fromEntries(found.nested)).toEqual({
      'parts.colour': 'parts',
      'parts.bits.of': 'parts.bits',
    });
    expect(Object.fromEntries(found.script)).toEqual({ 'make.raw': 'text', brand: 'text' });
    expect(found.conflicting.size).toBe(0);
  });

  test('nested here and not there, numbers beside any text: conflicting; an alias beside a keyword is not', async () => {
    const { conflicting } = await readBoostFields(engine, [nested, plain].join());
    expect([...conflicting].sort()).toEqual(['parts.colour', 'specs.size']);
  });

  test('an index without the objects keeps its hits', async () => {
    const { nested: nestedFields } = await readBoostFields(engine, [nested, bare].join());
    const plan: BoostPlan = {
      ...{ category: null, profiles: [], overridden: [], maxBoost: 30 },
      boosts: ['parts.colour', 'specs.tone', 'parts[colour=red].colour'].map((field) => ({
        field,
        value: field === 'specs.tone' ? 'dusk' : 'red',
        factor: 2,
        profile: 'individual',
      })),
    };
    const options = { plan, categoryField: 'none', names: true, multiValuedFields: [], nested: nestedFields };
    const query = JSON.parse(boostFrame(options).join('{"match_all":{}}'));
    const body = { query };
    const { hits } = await engine.search([nested, bare].join(), body);
    expect(
      hits.hits.map(({ _score, matched_queries = [] }) => [_score, [...matched_queries].sort()]),
    ).toEqual([
      [8, ['kindred:0', 'kindred:1', 'kindred:2']],
      [1, []],
    ]);
  });
});
