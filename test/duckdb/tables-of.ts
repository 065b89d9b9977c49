// Which tables a SQL statement reads, creates and changes, as DuckDB's own parser sees it.
import type { DuckDBConnection } from '@duckdb/node-api';

export interface StatementTables {
  readonly reads: ReadonlySet<string>;
  readonly creates: ReadonlySet<string>;
  readonly changes: ReadonlySet<string>;
}

type Kind = 'creates' | 'changes';

/** Statements that are no query: what they do to which table, and the query in them. */
const FORMS: readonly {
  readonly form: RegExp;
  readonly kind?: Kind;
  readonly query?: (rest: string) => string;
}[] = [
  {
    form: /^CREATE (?:OR REPLACE )?(?:TEMP )?(?:TABLE|VIEW) (?<table>\w+) AS (?<rest>.*)$/s,
    kind: 'creates',
  },
  { form: /^CREATE TABLE (?<table>\w+) \([^()]*\)$/s, kind: 'creates' },
  {
    form: /^CREATE MACRO (?<table>\w+)\(\w+\) AS (?<rest>.*)$/s,
    kind: 'creates',
    query: (rest) => `SELECT ${rest}`,
  },
  { form: /^INSERT INTO (?<table>\w+) (?<rest>.*)$/s, kind: 'changes' },
  {
    form: /^UPDATE (?<table>\w+) SET .*? FROM (?<rest>.*)$/s,
    kind: 'changes',
    query: (rest) => `SELECT 1 FROM ${rest}`,
  },
  {
    form: /^DELETE FROM (?<table>\w+) WHERE (?<rest>.*)$/s,
    kind: 'changes',
    query: (rest) => `SELECT 1 WHERE ${rest}`,
  },
  {
    form: /^ALTER (?:TABLE|VIEW) (?<rest>\w+) RENAME TO (?<table>\w+)$/s,
    kind: 'creates',
    query: (rest) => `FROM ${rest}`,
  },
  { form: /^COPY \((?<rest>.*)\) TO .*$/s },
  { form: /^(?<rest>(?:SELECT|WITH|FROM) .*)$/s },
];

/** @param sql one statement without comments. Throws at a form that is not known, rather than overlook a table. */
export async function tablesOf(connection: DuckDBConnection, sql: string): Promise<StatementTables> {
  const statement = sql.trim().replace(/;$/, '').replace(/\s+/g, ' ').trim();
  const known = FORMS.find(({ form }) => form.test(statement));
  const { table, rest } = known?.form.exec(statement)?.groups ?? {};
  if (!known) throw new Error(`a statement of a form that is not known: ${statement.slice(0, 80)}`);
  const of = (kind: Kind) => new Set(known.kind === kind && table !== undefined ? [table] : []);
  const query = rest === undefined ? undefined : (known.query?.(rest) ?? rest);
  const reads = query === undefined ? new Set<string>() : await readsOf(connection, query);
  return { reads, creates: of('creates'), changes: of('changes') };
}

async function readsOf(connection: DuckDBConnection, query: string): Promise<ReadonlySet<string>> {
  const result = await connection.runAndReadAll('SELECT json_serialize_sql(CAST($query AS VARCHAR))', {
    query,
  });
  const tree = JSON.parse(String(result.getRows()[0]?.[0]));
  if (tree.error) throw new Error(`${tree.error_message}: ${query.slice(0, 80)}`);
  const [tables, own] = [new Set<string>(), new Set<string>()];
  collect(tree, tables, own);
  for (const name of own) {
    if (!tables.delete(name)) throw new Error(`nothing reads "${name}" of WITH: ${query.slice(0, 80)}`);
  }
  return tables;
}

/** @param own names that the query itself defines by WITH */
function collect(node: unknown, tables: Set<string>, own: Set<string>): void {
  if (typeof node !== 'object' || node === null) return;
  if ('type' in node && node.type === 'BASE_TABLE' && 'table_name' in node) {
    const schema = 'schema_name' in node && node.schema_name ? `${node.schema_name}.` : '';
    tables.add(`${schema}${node.table_name}`);
  }
  if ('cte_map' in node)
    for (const { key } of (node.cte_map as { map: readonly { key: string }[] }).map) own.add(key);
  for (const child of Object.values(node)) collect(child, tables, own);
}
