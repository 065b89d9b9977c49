// The rules of the default model: which attributes are affinity fields, which form cohorts, and what events weigh.
import { canonicalEventName, IDENTIFY, REMOVALS } from '../event/event-names.js';
import type { EventWeight, Model } from './model.js';
import { PRESETS } from './presets.js';
import { scaleToTotal100 } from './weights-total-100.js';

const MAX_FIELDS = 6;
const MIN_VALUES = 2;
const MAX_VALUES = 20_000;
const MIN_COVERAGE = 0.5;
/** A field with more values than this, and fewer than two products per value, names products rather than describes them. */
const MAX_VALUES_OF_UNSHARED_FIELD = 100;
/** Mean Gini impurity below which a field hardly distinguishes products of one category. */
const MIN_IMPURITY = 0.01;
/** Measured on Complete Journey's development half: docs/measurements.md. */
const TIME_DECAY = '365d';
const GROUP_ATTRIBUTES = ['age', 'income'];
/** Weighted even when the event log has none: with a log of purchases alone, a session's clicks, carts and searches count. */
const BASE_WEIGHTS: ReadonlyMap<string, number> = new Map([
  ['purchase', 50],
  ['add_to_cart', 30],
  ['view', 15],
  ['search', 5],
]);
/** Wishlists and a shop's own events, when the log has them. */
const OTHER_EVENT_WEIGHT = 5;
const MAX_OTHER_EVENTS = 10;
/** No sign of a preference, or counted under another name (`click` is a view). */
const NOT_WEIGHTED = ['click', 'impression', IDENTIFY];

/** Statistics of an exact attribute (keyword or boolean) of products or of customers. */
export interface AttributeStatistics {
  readonly field: string;
  /** share of the rows that have a value, 0–1 */
  readonly coverage: number;
  readonly distinct: number;
}

/**
 * Attributes that most products have and that do not merely name the product. Numbers are left out: their bands always
 * distinguish products, be it a price, a stock or an identifier, and rankings of Complete Journey are no better with the
 * price (docs/measurements.md).
 */
export function suitableFields(statistics: readonly AttributeStatistics[], products: number): string[] {
  return statistics
    .filter(
      ({ coverage, distinct }) =>
        coverage >= MIN_COVERAGE && distinct >= MIN_VALUES && distinct <= MAX_VALUES,
    )
    .filter(
      ({ coverage, distinct }) =>
        distinct <= MAX_VALUES_OF_UNSHARED_FIELD || distinct * 2 <= coverage * products,
    )
    .map(({ field }) => field);
}

/**
 * At most six, those first that distinguish products of one category best. A field that does not would take weight
 * from those that do, so it is left out unless there is no other.
 * @param impurity field → mean Gini impurity within categories
 */
export function mostDistinguishingFields(
  fields: readonly string[],
  impurity: ReadonlyMap<string, number>,
): string[] {
  const of = (field: string) => impurity.get(field) ?? 0;
  const distinguishing = fields.filter((field) => of(field) >= MIN_IMPURITY);
  return [...(distinguishing.length > 0 ? distinguishing : fields)]
    .sort((a, b) => of(b) - of(a))
    .slice(0, MAX_FIELDS);
}

/** At most two: `age` and `income` where customers have them, else those with the fewest values, for large cohorts. */
export function groupAttributes(statistics: readonly AttributeStatistics[]): string[] {
  const fitting = statistics
    .filter(({ distinct }) => distinct >= MIN_VALUES)
    .sort((a, b) => a.distinct - b.distinct)
    .map(({ field }) => field);
  const preferred = GROUP_ATTRIBUTES.filter((name) => fitting.includes(name));
  return [...preferred, ...fitting.filter((name) => !preferred.includes(name))].slice(0, 2);
}

/**
 * Event weights that total exactly 100.
 * @param actions names in the event log, the most frequent first
 */
function defaultEventWeights(actions: readonly string[]): EventWeight[] {
  const others = [...new Set(actions.map(canonicalEventName))]
    .filter((name) => name !== '' && name.length <= 100 && !BASE_WEIGHTS.has(name))
    .filter((name) => !REMOVALS.has(name) && !NOT_WEIGHTED.includes(name))
    .slice(0, MAX_OTHER_EVENTS);
  const events = [...BASE_WEIGHTS.keys(), ...others];
  const weights = scaleToTotal100(events.map((event) => BASE_WEIGHTS.get(event) ?? OTHER_EVENT_WEIGHT));
  return events.map((event, position) => ({ event, weight: weights[position] ?? 0 }));
}

export interface DefaultModelParts {
  /** name of the catalog */
  readonly catalog: string;
  /** at least one; evenly weighted */
  readonly fields: readonly string[];
  /** customer attributes; without any the group profile is off */
  readonly attributes: readonly string[];
  /** names in the event log, the most frequent first */
  readonly actions: readonly string[];
}

/** The settings of the default model; the schema's defaults apply to the rest. */
export function defaultModel({ catalog, fields, attributes, actions }: DefaultModelParts): Partial<Model> {
  const weights = scaleToTotal100(fields.map(() => 1));
  return {
    id: 'default',
    name: 'Default',
    kind: 'default',
    catalog,
    globalAffinityFields: fields.map((field, position) => ({ field, weight: weights[position] ?? 0 })),
    group: { by: 'demographic', attributes: [...attributes] },
    profiles: { inSession: true, sessionProfile: true, individual: true, group: attributes.length > 0 },
    ...PRESETS.balanced.settings,
    eventWeights: defaultEventWeights(actions),
    timeDecay: TIME_DECAY,
  };
}
