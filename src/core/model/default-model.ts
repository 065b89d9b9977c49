// The rules of the default model: which attributes shape preference, who forms cohorts, and what events weigh.

import { canonicalEventName, IDENTIFY, REMOVALS } from '../event/event-names.js';
import type { EventWeight, Model } from './model.js';
import { PRESETS } from './presets.js';
import { scaleToTotal100 } from './weights-total-100.js';

const MOST_FIELDS = 6;
const FEWEST_VALUES = 2;
const MOST_VALUES = 20_000;
const LEAST_COVERAGE = 0.5;
/** More values than this, and fewer than two products a value: a name of the product rather than a taste. */
const NAMING_VALUES = 100;
/** Mean Gini impurity below which a field tells products of one category apart hardly ever. */
const LEAST_IMPURITY = 0.01;
/** Measured on Complete Journey's development half: docs/measurements.md. */
const TIME_DECAY = '365d';
const GROUP_ATTRIBUTES = ['age', 'income'];
/** Listed even when the log has none: with a log of purchases alone, a session's clicks, carts and searches count. */
const ALWAYS: ReadonlyMap<string, number> = new Map([
  ['purchase', 50],
  ['add_to_cart', 30],
  ['view', 15],
  ['search', 5],
]);
/** Wishlists and a shop's own events, when the log has them. */
const SEEN_WEIGHT = 5;
const MOST_SEEN = 10;
/** Not a sign of preference, or counted under another name (`click` is a view). */
const NOT_PREFERENCE = ['click', 'impression', IDENTIFY];

/** How widely an exact attribute (text or boolean) is filled, of products or of customers. */
export interface AttributeStatistics {
  readonly field: string;
  /** share of the rows that have a value, 0–1 */
  readonly coverage: number;
  readonly distinct: number;
}

/**
 * Attributes that most products share and that do not merely name the product. Numbers are not for these rules: their
 * bands tell products apart by their making, be it a price, a stock or a number that names something, and Complete
 * Journey's products are found no better with their price (docs/measurements.md).
 */
export function suitableFields(statistics: readonly AttributeStatistics[], products: number): string[] {
  return statistics
    .filter(
      ({ coverage, distinct }) =>
        coverage >= LEAST_COVERAGE && distinct >= FEWEST_VALUES && distinct <= MOST_VALUES,
    )
    .filter(({ coverage, distinct }) => distinct <= NAMING_VALUES || distinct * 2 <= coverage * products)
    .map(({ field }) => field);
}

/**
 * At most six, those first that tell products of one category apart. A field that does not would take weight from
 * those that do, so it is left out unless there is no other.
 * @param impurity field → mean Gini impurity within categories
 */
export function mostDistinguishingFields(
  fields: readonly string[],
  impurity: ReadonlyMap<string, number>,
): string[] {
  const of = (field: string) => impurity.get(field) ?? 0;
  const telling = fields.filter((field) => of(field) >= LEAST_IMPURITY);
  return [...(telling.length > 0 ? telling : fields)].sort((a, b) => of(b) - of(a)).slice(0, MOST_FIELDS);
}

/** At most two: `age` and `income` where they are kept, else those with the fewest values: cohorts are large. */
export function groupAttributes(statistics: readonly AttributeStatistics[]): string[] {
  const fitting = statistics
    .filter(({ distinct }) => distinct >= FEWEST_VALUES)
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
  const seen = [...new Set(actions.map(canonicalEventName))]
    .filter((name) => name !== '' && name.length <= 100 && !ALWAYS.has(name))
    .filter((name) => !REMOVALS.has(name) && !NOT_PREFERENCE.includes(name))
    .slice(0, MOST_SEEN);
  const events = [...ALWAYS.keys(), ...seen];
  const weights = scaleToTotal100(events.map((event) => ALWAYS.get(event) ?? SEEN_WEIGHT));
  return events.map((event, position) => ({ event, weight: weights[position] ?? 0 }));
}

export interface DefaultModelParts {
  /** index of the catalog */
  readonly catalog: string;
  /** at least one; evenly weighted */
  readonly fields: readonly string[];
  /** customer attributes; without any the group profile is off */
  readonly attributes: readonly string[];
  /** names in the event log, the most frequent first */
  readonly actions: readonly string[];
}

/** The default model's own settings; the schema's defaults hold for the rest. */
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
