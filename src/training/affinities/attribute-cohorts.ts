// Cohorts by attributes: the SQL that names a customer's cohort, from the attributes a model groups users by.
import type { Model } from '../../core/model/model.js';
import { sqlString } from '../../duckdb/duckdb.js';
import type { TrainingSource } from '../sources/training-source.js';

export interface AttributeCohorts {
  /** SQL text: `age=45-54|income=50-74K` of a row of `dataset_customers`, null where nothing is known */
  readonly sql: string;
  /** what the caller should know of the cohorts, one sentence each */
  readonly notes: readonly string[];
}

/**
 * Attributes a customer lacks are left out of the cohort's name; a customer who lacks all has no cohort. Behavioral
 * cohorts need no attributes: they are formed once affinities are known.
 */
export function attributeCohorts(
  { group }: Model,
  source: Pick<TrainingSource, 'customerValue'>,
): AttributeCohorts {
  const notes: string[] = [];
  const attributes = group.by === 'behavioral' ? [] : group.attributes;
  const parts = attributes.flatMap((attribute) => {
    const value = source.customerValue(attribute);
    if (value !== null) return [`${sqlString(`${attribute}=`)} || nullif(${value}, '')`];
    notes.push(`Customers have no attribute "${attribute}": it forms no cohorts.`);
    return [];
  });
  const sql = parts.length > 0 ? `nullif(concat_ws('|', ${parts.join(', ')}), '')` : 'CAST(NULL AS VARCHAR)';
  return { sql, notes };
}
