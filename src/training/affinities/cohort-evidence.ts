// What users are compared by for behavioral cohorts: the values that matter most in all products, and each user's x.
import { INTEGER } from '@duckdb/node-api';
import type { Affinities } from '../../core/affinity/affinity.js';
import type { CohortValue } from '../../core/affinity/behavioral-cohorts.js';
import { populationShare } from '../../core/affinity/population-share.js';
import type { FieldWeight } from '../../core/model/model.js';
import { createRowWriter } from '../../duckdb/row-writer.js';
import { readSqlFile } from '../../duckdb/sql-file.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';

const SQL = readSqlFile(new URL('behavioral-cohorts.sql', import.meta.url));

/** Values that users are compared by. */
const MAX_VALUES = 128;

export interface CohortEvidence {
  /** the largest by weight times the population's share first */
  readonly values: readonly CohortValue[];
  /**
   * Affinities in all products by user number, of users `first` to `last` who have any, or of those in the sample:
   * of `values` alone, and whole totals.
   */
  read(users: {
    readonly first: number;
    readonly last: number;
    readonly sampled: boolean;
  }): Promise<[user: number, affinities: Affinities][]>;
}

interface ValueId {
  readonly id: number;
  readonly field: number;
  readonly value: CohortValue;
}

/** Leaves `cohort_values`: of each value of the fields its place in `values`, or a negative one that its field shares. */
export async function openCohortEvidence(
  steps: SqlSteps,
  fields: readonly FieldWeight[],
): Promise<CohortEvidence> {
  const all = await readValues(steps, fields);
  const largest = ({ value: [, , share, weight] }: ValueId) => share * weight;
  const kept = [...all].sort((a, b) => largest(b) - largest(a)).slice(0, MAX_VALUES);
  const places = new Map(kept.map(({ id }, place) => [id, place]));
  const writer = await createRowWriter(steps.connection, 'cohort_values', {
    value_id: INTEGER,
    place: INTEGER,
  });
  writer.write(all.map(({ id, field }) => [id, places.get(id) ?? -1 - field]));
  writer.close();

  return {
    values: kept.map(({ value }) => value),
    async read(users) {
      const found = new Map<number, Map<string, { total: number; values: Map<string, number> }>>();
      for (const row of await steps.run(SQL, 'evidence', { values: users })) {
        const [user, place, x] = [Number(row.user_number), Number(row.place), Number(row.x)];
        const affinities =
          found.get(user) ?? new Map<string, { total: number; values: Map<string, number> }>();
        found.set(user, affinities);
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

/** Every value of fields that tell users apart, with the population's share of it. */
async function readValues(steps: SqlSteps, fields: readonly FieldWeight[]): Promise<ValueId[]> {
  const rows = await steps.run(SQL, 'population-values');
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
