// What people's tastes are compared by: the values that matter most in all products, and each person's x of them.
import { INTEGER } from '@duckdb/node-api';
import type { Affinities } from '../../core/affinity/affinity.js';
import type { CohortValue } from '../../core/affinity/behavioral-cohorts.js';
import { populationShare } from '../../core/affinity/lift.js';
import type { FieldWeight } from '../../core/model/model.js';
import { createRowWriter } from '../../duckdb/row-writer.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';

/** Values that tastes are compared by. */
const MOST_VALUES = 128;

export interface TasteEvidence {
  /** the largest by weight times everyone's share first */
  readonly values: readonly CohortValue[];
  /**
   * Affinities in all products of people who have any, by their number: of `values` alone, and whole totals.
   * @param people SQL text behind a person's number, e.g. `BETWEEN 1 AND 10`
   */
  read(people: string): Promise<[person: number, affinities: Affinities][]>;
}

interface ValueId {
  readonly id: number;
  readonly field: number;
  readonly value: CohortValue;
}

/** Leaves `taste_places`: of each value of the fields its place in `values`, or a negative one that its field shares. */
export async function openTasteEvidence(
  steps: SqlSteps,
  fields: readonly FieldWeight[],
): Promise<TasteEvidence> {
  const all = await readValues(steps, fields);
  const largest = ({ value: [, , share, weight] }: ValueId) => share * weight;
  const kept = [...all].sort((a, b) => largest(b) - largest(a)).slice(0, MOST_VALUES);
  const places = new Map(kept.map(({ id }, place) => [id, place]));
  const writer = await createRowWriter(steps.connection, 'taste_places', {
    value_id: INTEGER,
    place: INTEGER,
  });
  writer.write(all.map(({ id, field }) => [id, places.get(id) ?? -1 - field]));
  writer.close();

  return {
    values: kept.map(({ value }) => value),
    async read(people) {
      const found = new Map<number, Map<string, { total: number; values: Map<string, number> }>>();
      for (const row of await steps.run('taste-evidence', { text: { people } })) {
        const [person, place, x] = [Number(row.person), Number(row.place), Number(row.x)];
        const affinities =
          found.get(person) ?? new Map<string, { total: number; values: Map<string, number> }>();
        found.set(person, affinities);
        const [name, value] = kept[place]?.value ?? [fields[-1 - place]?.field ?? ''];
        const field = affinities.get(name) ?? { total: 0, values: new Map<string, number>() };
        affinities.set(name, field);
        field.total += x;
        if (value !== undefined) field.values.set(value, x);
      }
      return [...found];
    },
  };
}

/** Every value of fields that tell people apart, with everyone's share of it. */
async function readValues(steps: SqlSteps, fields: readonly FieldWeight[]): Promise<ValueId[]> {
  const rows = await steps.run('taste-values');
  return fields.flatMap(({ field, weight }, number) => {
    const values = rows.filter((row) => row.field === field);
    const total = values.reduce((sum, { x }) => sum + Number(x), 0);
    if (values.length < 2 || weight === 0) return [];
    return values.map(({ value_id, value, x }) => ({
      id: Number(value_id),
      field: number,
      value: [field, String(value), populationShare(Number(x), total, values.length), weight / 100],
    }));
  });
}
