// Lists in rows of DuckDB, which are typed as any JSON.
import type { Json } from '@duckdb/node-api';

/** A list of numbers that are not 64-bit; null is empty. */
export function numberList(value: Json | undefined): readonly number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}

/** A list of text; null is empty. */
export function textList(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** A list of lists of text; null is empty. */
export function textLists(value: Json | undefined): readonly (readonly string[])[] {
  return Array.isArray(value) ? value.map(textList) : [];
}
