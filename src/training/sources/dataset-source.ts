// Training from a dataset directory: its views exist once it is opened, and nothing is copied.
import { KindredError } from '../../core/errors.js';
import type { AttributeType } from '../../datasets/format/attribute-type.js';
import { type DatasetTables, openDataset } from '../../datasets/format/open-dataset.js';
import { sqlName } from '../../duckdb/duckdb.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';
import { surveyEvents } from './event-survey.js';
import type { TrainingSource } from './training-source.js';

export interface DatasetSource extends TrainingSource {
  readonly tables: DatasetTables;
}

/**
 * @param until milliseconds since the epoch: training sees earlier events only, and the view `dataset_all_events`
 * has the others too
 * Errors: `bad-dataset` (422); a field the products lack is `unknown-field` (422).
 */
export async function openDatasetSource(
  steps: SqlSteps,
  dir: string,
  until?: number,
): Promise<DatasetSource> {
  const tables = await steps.interruptible(() => openDataset(steps.connection, dir));
  if (until !== undefined) {
    await steps.connection.run('ALTER VIEW dataset_events RENAME TO dataset_all_events');
    await steps.connection.run(
      `CREATE VIEW dataset_events AS FROM dataset_all_events WHERE epoch_ms(timestamp) < ${until}`,
    );
  }
  const attributes = new Map<string, AttributeType>([
    ['category', tables.category],
    ['title', 'VARCHAR'],
    ...tables.attributes.map(({ name, type }) => [name, type] as const),
  ]);
  /** A sub-field (`brand.raw`) has the values of its field. */
  const columnOf = (field: string) => (attributes.has(field) ? field : field.replace(/\.[^.]+$/, ''));
  const typeOf = (field: string): AttributeType => {
    const name = columnOf(field);
    const type = attributes.get(name);
    if (type !== undefined) return type;
    throw new KindredError(
      'unknown-field',
      `products of ${dir} have no column "${name}"; they have ${[...attributes.keys()].join(', ')}`,
      { status: 422 },
    );
  };
  return {
    tables,
    survey: () => surveyEvents(steps),
    readEvents: async () => ({ read: 0, archived: 0 }),
    async readCatalog() {},
    categories: valueList('category', tables.category),
    productValues: (field) => valueList(sqlName(columnOf(field)), typeOf(field)),
    isNumber: (field) => /^(BIGINT|DOUBLE)/.test(typeOf(field)),
    customerValue: (attribute) => (tables.customerAttributes.includes(attribute) ? sqlName(attribute) : null),
  };
}

/** Values as text, like `valuesAt` reads them from JSON: 12.0 is `12`, 2.5 is `2.5`. */
function valueList(column: string, type: AttributeType): string {
  const text = (value: string) =>
    type.startsWith('DOUBLE')
      ? `CASE WHEN ${value} = trunc(${value}) AND abs(${value}) < 1e15
          THEN CAST(CAST(${value} AS BIGINT) AS VARCHAR) ELSE CAST(${value} AS VARCHAR) END`
      : `CAST(${value} AS VARCHAR)`;
  return type.endsWith('[]')
    ? `list_transform(${column}, lambda element: ${text('element')})`
    : `[${text(column)}]`;
}
