// In which scopes the catalog's categories are: each in its own, and a path in those of its parents.
import { VARCHAR } from '@duckdb/node-api';
import { ancestors, categorySeparator } from '../../core/category-paths.js';
import { createRowWriter } from '../../duckdb/row-writer.js';
import { readSqlFile } from '../../duckdb/sql-file.js';
import type { SqlSteps } from '../../duckdb/sql-steps.js';

const SQL = readSqlFile(new URL('category-scopes.sql', import.meta.url));

/**
 * Leaves `category_scopes(category, scope)`, and `category_separator(separator)` with one row, or none where categories
 * are names. Reads `product_categories`. The rules are the core's, as searches go by them.
 */
export async function writeCategoryScopes(steps: SqlSteps): Promise<void> {
  const { connection } = steps;
  const categories = (await steps.run(SQL, 'all-categories')).map(({ category }) => String(category));
  const separator = categorySeparator(categories);
  const scopes = await createRowWriter(connection, 'category_scopes', { category: VARCHAR, scope: VARCHAR });
  scopes.write(
    categories.flatMap((category) =>
      [category, ...ancestors(category, separator)].map((scope) => [category, scope]),
    ),
  );
  scopes.close();
  const separators = await createRowWriter(connection, 'category_separator', { separator: VARCHAR });
  separators.write(separator === null ? [] : [[separator]]);
  separators.close();
}
