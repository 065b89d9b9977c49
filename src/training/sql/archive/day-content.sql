-- Which events a file of the archive has. Every column is read, so that a damaged or foreign file fails here.
SELECT
  count(*) AS events,
  max(seq) AS newest,
  bit_xor(hash(timestamp, user_id, client_id, session_id, action_name, object_id, query)) AS all_columns
FROM read_parquet({{file}})
