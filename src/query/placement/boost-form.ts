// The form in which boosts are sent: as functions, one by one, or as parameters of the stored script. One table.
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

export interface FormRule {
  /** as the table in docs/placement.md says it */
  readonly name: string;
  readonly holds: (input: FormInput) => boolean;
  readonly choose: 'functions' | 'script';
}

/** The first rule that holds decides. */
export const FORM_RULES: readonly FormRule[] = [
  { name: 'explain', holds: ({ names }) => names, choose: 'functions' },
  { name: 'a wrapped query', holds: ({ placement }) => !isWindowed(placement), choose: 'functions' },
  {
    name: 'an engine without Painless, or that refused the script',
    holds: ({ capabilities }) => capabilities.painless === null,
    choose: 'functions',
  },
  {
    name: '`runtime_mappings` or `derived` fields',
    holds: ({ redefinesFields }) => redefinesFields,
    choose: 'functions',
  },
  {
    name: `at most ${MAX_FUNCTIONS} boosts`,
    holds: ({ plan }) => plan.boosts.length <= MAX_FUNCTIONS,
    choose: 'functions',
  },
  { name: 'more boosts', holds: () => true, choose: 'script' },
];

/** The id of the script to use, or null for functions. Decides by the table, reading nothing but its argument. */
export function chooseScript(input: FormInput): string | null {
  const rule = FORM_RULES.find(({ holds }) => holds(input));
  return rule?.choose === 'script' ? input.capabilities.painless : null;
}
