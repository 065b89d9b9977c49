// Which lists of a configuration do not total 100 yet, so that it cannot be saved.
import type { Model } from '../../../../core/model/model.js';
import { leftWords, totalOf } from '../../../lib/model/balance-weights.js';
import { stripBidiControls } from '../../../lib/words/strip-bidi-controls.js';

/** One line each, e.g. `Affinity fields total 99: 1 left`. */
export function unbalancedLists(config: Model): string[] {
  const lists = [
    { what: 'Affinity fields', rows: config.globalAffinityFields },
    ...config.categoryOverrides.flatMap(({ categories, fields }, index) =>
      // An override without fields follows the global list.
      fields.length > 0 ? [{ what: `Fields of ${overrideName(categories, index)}`, rows: fields }] : [],
    ),
    { what: 'Event weights', rows: config.eventWeights },
  ];
  return lists.flatMap(({ what, rows }) => {
    const left = leftWords(rows);
    return left === null ? [] : [`${what} total ${totalOf(rows)}: ${left}`];
  });
}

/** `shoes, shirts and 3 more`; `override 2` while it has no categories. */
export function overrideName(categories: readonly string[], index: number): string {
  if (categories.length === 0) return `override ${index + 1}`;
  const shown = categories.slice(0, 2).map(short).join(', ');
  return categories.length > 2 ? `${shown} and ${categories.length - 2} more` : shown;
}

function short(name: string): string {
  const plain = stripBidiControls(name);
  return plain.length > 40 ? `${plain.slice(0, 39)}…` : plain;
}
