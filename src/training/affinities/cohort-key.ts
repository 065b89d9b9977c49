// The SQL that names a customer's cohort, from the attributes a model groups people by.
import type { Model } from '../../core/model/model.js';
import { sqlString } from '../../duckdb/duckdb.js';
import type { TrainingSource } from '../sources/training-source.js';

export interface CohortKey {
  /** SQL text: `age=45-54|income=50-74K` of a row of `dataset_customers`, null where nothing is known */
  readonly sql: string;
  /** what people should know about their cohorts, one sentence each */
  readonly notes: readonly string[];
}

/**
 * Attributes a customer lacks are left out of the key; a customer who lacks all has no cohort. Behavioral cohorts ask
 * for no attributes: they are formed once affinities are known.
 */
export function cohortKey({ group }: Model, source: Pick<TrainingSource, 'customerValue'>): CohortKey {
  if (group.by === 'behavioral') return none();
  const notes: string[] = [];
  const parts = group.attributes.flatMap((attribute) => {
    const value = source.customerValue(attribute);
    if (value !== null) return [`${sqlString(`${attribute}=`)} || nullif(${value}, '')`];
    notes.push(`Customers have no attribute "${attribute}": it forms no cohorts.`);
    return [];
  });
  if (parts.length === 0) return { ...none(), notes };
  return { sql: `nullif(concat_ws('|', ${parts.join(', ')}), '')`, notes };
}

function none(): CohortKey {
  return { sql: 'CAST(NULL AS VARCHAR)', notes: [] };
}
