-- The Parquet files of the event archive: one a day, of one shape.
-- reads: read_events

-- name: day-content
-- Which events a file has. Every column is read, so that a damaged or foreign file fails here.
SELECT
  count(*) AS events,
  max(seq) AS newest,
  bit_xor(hash(timestamp, user_id, client_id, session_id, action_name, object_id, query, quantity)) AS all_columns
FROM read_parquet({{file}});

-- name: write-day
-- One day of events as a file: those just read, behind those that are held already ({{held}}).
-- Times are milliseconds since the epoch; those no calendar reaches become the nearest it does.
COPY (
  {{held}}
  SELECT
    CAST(seq AS BIGINT) AS seq,
    epoch_ms(CAST(least(greatest(time, -8.64e15), 8.64e15) AS BIGINT)) AS timestamp,
    user_id, client_id, session_id, action_name, object_id, query, quantity
  FROM read_events
  WHERE time >= CAST('{{from}}' AS DOUBLE) AND time < CAST('{{to}}' AS DOUBLE)
) TO {{file}} (FORMAT parquet, COMPRESSION zstd);

-- name: write-no-events
-- A file without events, for an index that has none.
COPY (
  SELECT
    CAST(NULL AS BIGINT) AS seq, CAST(NULL AS TIMESTAMP) AS timestamp, CAST(NULL AS VARCHAR) AS user_id,
    CAST(NULL AS VARCHAR) AS client_id, CAST(NULL AS VARCHAR) AS session_id, CAST(NULL AS VARCHAR) AS action_name,
    CAST(NULL AS VARCHAR) AS object_id, CAST(NULL AS VARCHAR) AS query, CAST(NULL AS DOUBLE) AS quantity
  WHERE false
) TO {{file}} (FORMAT parquet);
