// The default model of a dataset: the rules of the catalog's default model, over the statistics of its files.
import { KindredError } from '../core/errors.js';
import {
  type AttributeStatistics,
  defaultModel,
  groupAttributes,
  mostDistinguishingFields,
  suitableFields,
} from '../core/model/default-model.js';
import { type Model, modelSchema } from '../core/model/model.js';
import { readSqlFile } from '../duckdb/sql-file.js';
import type { SqlSteps } from '../duckdb/sql-steps.js';
import type { DatasetSource } from '../training/sources/dataset-source.js';

const SQL = readSqlFile(new URL('dataset-model.sql', import.meta.url));

/** Error: `no-fields` (422) when no attribute fits. */
export async function datasetModel(steps: SqlSteps, source: DatasetSource): Promise<Model> {
  const { tables } = source;
  const names = tables.attributes
    .filter(({ type }) => /^(VARCHAR|BOOLEAN)/.test(type))
    .map(({ name }) => name);
  const impurity = new Map<string, number>();
  const statistics: AttributeStatistics[] = [];
  for (const field of [...names, 'category'].sort()) {
    const [row] = await steps.run(SQL, 'attribute-statistics', {
      text: { values: source.productValues(field), categories: source.categories },
    });
    statistics.push({ field, coverage: Number(row?.coverage), distinct: Number(row?.distinct_values) });
    impurity.set(field, Number(row?.impurity));
  }
  const fields = mostDistinguishingFields(suitableFields(statistics, tables.products), impurity);
  if (fields.length === 0)
    throw new KindredError(
      'no-fields',
      `products of ${tables.dir} have no attribute that most of them share; name fields in a model file with --model`,
      { status: 422 },
    );
  const { seen } = await source.survey();
  return modelSchema.parse(
    defaultModel({
      catalog: 'products',
      fields,
      attributes: groupAttributes(await customerStatistics(steps, source)),
      actions: seen.map(({ action }) => action),
    }),
  );
}

async function customerStatistics(steps: SqlSteps, source: DatasetSource): Promise<AttributeStatistics[]> {
  const statistics: AttributeStatistics[] = [];
  for (const field of source.tables.customerAttributes) {
    const value = source.customerValue(field);
    if (value === null) continue;
    const [row] = await steps.run(SQL, 'customer-statistics', { text: { value } });
    statistics.push({ field, coverage: Number(row?.coverage), distinct: Number(row?.distinct_values) });
  }
  return statistics;
}
