// The catalog index a dataset is loaded into: one field for every attribute, by its type.
import { KindredError } from '../../core/errors.js';
import type { AttributeColumn, ScalarType } from '../format/attribute-type.js';

/** Computed while loading; a dataset column of this name gives way. */
export const POPULARITY = 'popularity';
/** Longer texts stay in `_source` but are no value anybody filters by; Lucene refuses terms beyond 32 kB. */
const IGNORE_ABOVE = 1024;

const FIELDS: Readonly<Record<ScalarType, object>> = {
  VARCHAR: { type: 'keyword', ignore_above: IGNORE_ABOVE },
  BIGINT: { type: 'long' },
  DOUBLE: { type: 'double' },
  BOOLEAN: { type: 'boolean' },
};

/**
 * `title` is text, other strings are keywords, numbers long or double; lists are multi-valued fields of their kind.
 * @param dataset kept in `_meta`, so that the same dataset is known again
 * Errors: KindredError `bad-dataset` for names no engine takes.
 */
export function catalogMapping(attributes: readonly AttributeColumn[], dataset: string): object {
  const properties: Record<string, object> = {
    object_id: FIELDS.VARCHAR,
    title: { type: 'text' },
    category: FIELDS.VARCHAR,
  };
  for (const { name, type } of attributes) {
    if (!/^[^_.\s][^.]*$/.test(name))
      throw new KindredError(
        'bad-dataset',
        `products column "${name}" cannot be a field: rename it (no dot, no leading underscore)`,
        { status: 422 },
      );
    properties[name] = FIELDS[type.replace('[]', '') as ScalarType];
  }
  properties[POPULARITY] = FIELDS.DOUBLE;
  return { _meta: { kindred: { dataset } }, properties };
}

/** Customers: `user_id` and every attribute as keywords. */
export function customersMapping(attributes: readonly string[], dataset: string): object {
  const properties = Object.fromEntries(['user_id', ...attributes].map((name) => [name, FIELDS.VARCHAR]));
  return { _meta: { kindred: { dataset } }, properties };
}
