-- One day of events as a file: those just read, behind those that are held already.
-- Times are milliseconds since the epoch; those no calendar reaches become the nearest it does.
COPY (
  {{held}}
  SELECT
    CAST(seq AS BIGINT) AS seq,
    epoch_ms(CAST(least(greatest(time, -8.64e15), 8.64e15) AS BIGINT)) AS timestamp,
    user_id, client_id, session_id, action_name, object_id, query
  FROM read_events
  WHERE time >= CAST('{{from}}' AS DOUBLE) AND time < CAST('{{to}}' AS DOUBLE)
) TO {{file}} (FORMAT parquet, COMPRESSION zstd)
