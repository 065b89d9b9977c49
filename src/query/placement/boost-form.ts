// In which form boosts are sent: as functions, one by one, or as parameters of the stored script. One table.
import type { BoostPlan } from '../../core/boost-plan/boost-plan.js';
import { isWindowed } from '../boosts/boost-limit.js';
import type { EngineCapabilities } from './engine-capabilities.js';
import type { Placement } from './placement.js';

/** From here on the script is cheaper, measured: a script call a hit costs as much as so many functions. */
const FUNCTIONS_AT_MOST = 50;

export interface FormInput {
  readonly plan: BoostPlan;
  readonly placement: Placement;
  readonly capabilities: EngineCapabilities;
  /** every boost is to be named among a hit's matched queries */
  readonly names: boolean;
  /** the body defines fields of its own (`runtime_mappings`, `derived`), which may hide those of the mapping */
  readonly redefines: boolean;
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
    holds: ({ redefines }) => redefines,
    choose: 'functions',
  },
  {
    name: `at most ${FUNCTIONS_AT_MOST} boosts`,
    holds: ({ plan }) => plan.boosts.length <= FUNCTIONS_AT_MOST,
    choose: 'functions',
  },
  { name: 'more boosts', holds: () => true, choose: 'script' },
];

/** The id of the script to use, or null for functions. Decides by the table, reading nothing but its argument. */
export function chooseScript(input: FormInput): string | null {
  const rule = FORM_RULES.find(({ holds }) => holds(input));
  return rule?.choose === 'script' ? input.capabilities.painless : null;
}
