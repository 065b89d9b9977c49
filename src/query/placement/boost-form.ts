// The table of the forms that boosts have in a request: a function each, digits, or parameters of a stored script.
import type { BoostPlan } from '../../core/boost-plan/boost-plan.js';
import type { EngineCapabilities } from './engine-capabilities.js';
import { isWindowed, type Placement } from './placement.js';

/** Measured: one call of the script for a hit costs as much as this many functions. */
const MAX_FUNCTIONS = 50;

export interface FormInput {
  readonly plan: BoostPlan;
  readonly placement: Placement;
  readonly capabilities: EngineCapabilities;
  /** every boost is to be named among a hit's matched queries */
  readonly names: boolean;
  /** the body defines fields of its own (`runtime_mappings`, `derived`), which may hide those of the mapping */
  readonly redefinesFields: boolean;
}

/**
 * `functions`: one for each boost · `digits`: few functions for long lists, whose factors are rounded (`roundFactors`) ·
 * `script`: parameters of the stored script.
 */
export type Form = 'functions' | 'digits' | 'script';

export interface FormRule {
  /** as the table in docs/placement.md says it */
  readonly name: string;
  readonly holds: (input: FormInput) => boolean;
  readonly choose: Form;
}

/** The first rule that holds decides. */
export const FORM_RULES: readonly FormRule[] = [
  { name: 'a wrapped query', holds: ({ placement }) => !isWindowed(placement), choose: 'functions' },
  {
    name: `at most ${MAX_FUNCTIONS} boosts`,
    holds: ({ plan }) => plan.boosts.length <= MAX_FUNCTIONS,
    choose: 'functions',
  },
  {
    name: 'an engine without Painless, or that refused the script',
    holds: ({ capabilities }) => capabilities.painless === null,
    choose: 'digits',
  },
  {
    name: '`runtime_mappings` or `derived` fields',
    holds: ({ redefinesFields }) => redefinesFields,
    choose: 'digits',
  },
  { name: 'explain', holds: ({ names }) => names, choose: 'functions' },
  { name: 'more boosts', holds: () => true, choose: 'script' },
];

/** Decides by the table, reading nothing but its argument. */
export function chooseForm(input: FormInput): Form {
  return FORM_RULES.find(({ holds }) => holds(input))?.choose ?? 'functions';
}
