-- Which user an event of nobody belongs to, by its session or its client: the user identified first at that moment or
-- later, else the last one before. So each identification speaks for the time since the one before it.
-- $since is in milliseconds since the epoch: the events that training looks at.
CREATE TABLE identities AS
SELECT
  kind,
  id,
  user_id,
  coalesce(lag(time) OVER log_ins, -9007199254740991) AS after,
  CASE WHEN lead(time) OVER log_ins IS NULL THEN 9007199254740991 ELSE time END AS until
FROM (
  SELECT DISTINCT
    unnest(['session', 'client']) AS kind,
    unnest([session_id, client_id]) AS id,
    user_id,
    epoch_ms(timestamp) AS time
  FROM dataset_events
  WHERE action_name = 'identify' AND user_id IS NOT NULL AND epoch_ms(timestamp) >= $since
)
WHERE id IS NOT NULL
WINDOW log_ins AS (PARTITION BY kind, id ORDER BY time, user_id)
