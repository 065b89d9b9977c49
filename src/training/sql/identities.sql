-- Which user an event of nobody belongs to, by its session or its client: the user identified first at that moment or
-- later, else the last one before. So each identification speaks for the time since the one before it. An id under which
-- more than ten users identified is no visitor's own: a kiosk's, or the same one for everybody.
-- $since is in milliseconds since the epoch: the events that training looks at.
CREATE TABLE identities AS
WITH log_ins AS (
  SELECT DISTINCT
    unnest(['session', 'client']) AS kind,
    unnest([session_id, client_id]) AS id,
    user_id,
    epoch_ms(timestamp) AS time
  FROM dataset_events
  WHERE action_name = 'identify' AND user_id IS NOT NULL AND epoch_ms(timestamp) >= $since
),
own_ids AS (
  SELECT kind, id FROM log_ins WHERE id IS NOT NULL GROUP BY kind, id HAVING count(DISTINCT user_id) <= 10
)
SELECT
  l.kind,
  l.id,
  l.user_id,
  coalesce(lag(l.time) OVER of_id, -9007199254740991) AS after,
  CASE WHEN lead(l.time) OVER of_id IS NULL THEN 9007199254740991 ELSE l.time END AS until
FROM log_ins AS l
JOIN own_ids AS o ON o.kind = l.kind AND o.id = l.id
WINDOW of_id AS (PARTITION BY l.kind, l.id ORDER BY l.time, l.user_id)
