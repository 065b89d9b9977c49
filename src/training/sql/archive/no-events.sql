-- A file of the archive's shape without events, for an index that has none.
COPY (
  SELECT
    CAST(NULL AS BIGINT) AS seq, CAST(NULL AS TIMESTAMP) AS timestamp, CAST(NULL AS VARCHAR) AS user_id,
    CAST(NULL AS VARCHAR) AS client_id, CAST(NULL AS VARCHAR) AS session_id, CAST(NULL AS VARCHAR) AS action_name,
    CAST(NULL AS VARCHAR) AS object_id, CAST(NULL AS VARCHAR) AS query
  WHERE false
) TO {{file}} (FORMAT parquet)
