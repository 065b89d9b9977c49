// In which form boosts are sent, row by row.
import { describe, expect, test } from '@jest/globals';
import type { BoostPlan } from '../../../src/core/boost-plan/boost-plan.js';
import { chooseForm, type Form, type FormInput } from '../../../src/query/placement/boost-form.js';
import type { Placement } from '../../../src/query/placement/placement.js';

const plan = (boosts: number): BoostPlan => ({
  category: null,
  profiles: ['individual'],
  overridden: [],
  maxBoost: 30,
  boosts: Array.from({ length: boosts }, (_, i) => ({
    field: 'brand',
    value: `${i}`,
    factor: 2,
    profile: 'individual',
  })),
});
const capabilities = {
  kind: 'opensearch',
  painless: 'kindred-boost-1',
  rescorerRetriever: false,
  maxWindow: 10_000,
} as const;
const site = (window: number | null) => ({ path: ['retriever'], window, zeros: 'none' as const });
const RESCORE: Placement = { placement: 'rescore', window: 500, zeros: 'none' };
const MANY: FormInput = {
  plan: plan(300),
  placement: RESCORE,
  capabilities,
  names: false,
  redefinesFields: false,
};

describe('chooseForm', () => {
  test.each<[string, Partial<FormInput>, Form]>([
    ['many boosts in a window', {}, 'script'],
    [
      'many boosts in windows of parts',
      { placement: { placement: 'parts', sites: [site(10), site(500)] } },
      'script',
    ],
    ['few boosts', { plan: plan(20) }, 'functions'],
    ['a wrapped query', { placement: { placement: 'wrap', zeros: 'none' } }, 'functions'],
    ['a wrapped part', { placement: { placement: 'parts', sites: [site(10), site(null)] } }, 'functions'],
    ['explain', { names: true }, 'functions'],
    ['fields of the body’s own', { redefinesFields: true }, 'digits'],
    ['no Painless', { capabilities: { ...capabilities, painless: null } }, 'digits'],
  ])('%s', (_what, change, form) => {
    expect(chooseForm({ ...MANY, ...change })).toBe(form);
  });
});
