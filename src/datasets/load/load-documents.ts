// The SQL that turns a dataset's rows into documents: an id and its JSON, made by DuckDB.
import { IDENTIFY } from '../../core/event/event-names.js';
import { sqlName, sqlString } from '../../duckdb/duckdb.js';
import type { DatasetTables } from '../format/open-dataset.js';
import { POPULARITY } from './catalog-mapping.js';

const HALF_LIFE_DAYS = 28;
const WEEKS = 26;

/** JSON without nulls (RFC 7396: merging a null removes the key). */
const json = (fields: string) => `json_merge_patch('{}', to_json({${fields}}))`;

/**
 * Products as `(id, document)`. Popularity: purchases decayed with a half-life of 28 days + .02 × purchases of the
 * last 26 weeks + .01, counted from the newest event; the same over views where nothing was ever purchased.
 * Joins `event_names`.
 */
export function productDocuments({ attributes }: DatasetTables): string {
  const names = ['object_id', 'title', 'category', ...attributes.map(({ name }) => name)];
  const fields = names
    .filter((name) => name !== POPULARITY)
    .map((name) => `${sqlName(name)}: p.${sqlName(name)}`);
  const popularity = `${POPULARITY}: round(coalesce(popularity.${POPULARITY}, 0) + 0.01, 6)`;
  return `
    WITH counted AS (
      SELECT object_id, date_diff('second', timestamp, max(timestamp) OVER ()) / 86400.0 AS age,
        event = 'purchase' AS purchase, bool_or(event = 'purchase') OVER () AS purchases
      FROM dataset_events JOIN event_names USING (action_name) WHERE event IN ('purchase', 'view', 'click')
    ), popularity AS (
      SELECT object_id,
        sum(0.5 ** (age / ${HALF_LIFE_DAYS})) + 0.02 * count(*) FILTER (age <= ${WEEKS * 7}) AS ${POPULARITY}
      FROM counted WHERE purchase = purchases GROUP BY object_id
    )
    SELECT p.object_id, ${json([...fields, popularity].join(', '))}
    FROM dataset_products p LEFT JOIN popularity ON popularity.object_id = p.object_id`;
}

export function customerDocuments({ customerAttributes }: DatasetTables): string {
  const fields = ['user_id', ...customerAttributes].map((name) => `${sqlName(name)}: ${sqlName(name)}`);
  return `SELECT user_id, ${json(fields.join(', '))} FROM dataset_customers`;
}

/** An identification joins sessions to users; it needs no product. */
const LOG_IN = `coalesce(action_name = ${sqlString(IDENTIFY)} AND user_id IS NOT NULL, false)`;

/** A search has a text instead of a product. */
const SEARCH = `(query IS NOT NULL AND coalesce(
  action_name IN (SELECT action_name FROM event_names WHERE event = 'search'), false))`;

/** Events that can be loaded: with a time, a name and a product of the catalog, or instead of it what they need. */
const LOADABLE = `
  dataset_events e WHERE timestamp IS NOT NULL AND action_name IS NOT NULL
    AND (object_id IN (SELECT object_id FROM dataset_products) OR object_id IS NULL AND (${LOG_IN} OR ${SEARCH}))`;

/**
 * Events as `(id, document)` in UBI's shape. The id is made of the time in the dataset and a digest of the event:
 * loading again, moved or not, meets the same documents; rows alike in everything are one event. It begins with the
 * time, as engines find new ids faster when they grow.
 * @param shift milliseconds every timestamp moves
 */
export function eventDocuments(shift: number): string {
  const fields = [
    'action_name: action_name',
    `timestamp: strftime(timestamp + to_milliseconds(${shift}), '%Y-%m-%dT%H:%M:%S.%gZ')`,
    'user_id: user_id',
    'client_id: client_id',
    'session_id: session_id',
    'user_query: query',
    'event_attributes: CASE WHEN object_id IS NOT NULL THEN {object: {object_id: object_id}, quantity: quantity} END',
  ];
  return `
    SELECT printf('%012x', epoch_ms(timestamp)) || left(md5(concat_ws(chr(31), coalesce(user_id, ''),
      coalesce(session_id, ''), action_name, coalesce(object_id, ''), coalesce(query, ''), client_id, quantity)), 20),
      ${json(fields.join(', '))}
    FROM ${LOADABLE}`;
}

/** One row: newest timestamp (ms), events that can be loaded, that lack time, name or product, on unknown products. */
export const EVENT_COUNTS = `
  SELECT epoch_ms(max(timestamp)) AS newest,
    count(*) FILTER (NOT incomplete AND known) AS loadable,
    count(*) FILTER (incomplete) AS incomplete,
    count(*) FILTER (NOT incomplete AND NOT known) AS unknown
  FROM (
    SELECT timestamp, timestamp IS NULL OR action_name IS NULL
        OR (object_id IS NULL AND NOT (${LOG_IN} OR ${SEARCH})) AS incomplete,
      object_id IS NULL OR object_id IN (SELECT object_id FROM dataset_products) AS known
    FROM dataset_events
  )`;

/** One row: a digest of the products, whatever their order in the file. */
export const PRODUCTS_DIGEST = `
  SELECT format('{:x}-{:x}', count(*), coalesce(bit_xor(hash(p)), 0)) FROM dataset_products p`;
