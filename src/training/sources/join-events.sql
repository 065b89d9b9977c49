-- The user of every event that training counts.
-- reads: dataset_events
-- creates: identities, joined_events

-- name: identities
-- Which user an event without a user id belongs to, by its session or its client: the user identified first at that
-- moment or later, else the last one before. So each identification speaks for the time since the one before it. An id
-- under which more than $max_users_per_id users identified is no visitor's own: a kiosk's, or the same one for all visitors.
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
  SELECT kind, id FROM log_ins WHERE id IS NOT NULL GROUP BY kind, id HAVING count(DISTINCT user_id) <= $max_users_per_id
)
SELECT
  l.kind,
  l.id,
  l.user_id,
  coalesce(lag(l.time) OVER of_id, -9007199254740991) AS after,
  CASE WHEN lead(l.time) OVER of_id IS NULL THEN 9007199254740991 ELSE l.time END AS until
FROM log_ins AS l
JOIN own_ids AS o ON o.kind = l.kind AND o.id = l.id
WINDOW of_id AS (PARTITION BY l.kind, l.id ORDER BY l.time, l.user_id);

-- name: joined-events
-- Events as training counts them: those without a user id belong to the user whom their session, else their client,
-- turned out to be; identifications themselves are no behaviour.
CREATE VIEW joined_events AS
SELECT
  e.timestamp,
  coalesce(e.user_id, s.user_id, c.user_id) AS user_id,
  e.client_id,
  e.session_id,
  e.action_name,
  e.object_id,
  e.query,
  e.quantity
FROM dataset_events AS e
LEFT JOIN identities AS s
  ON s.kind = 'session' AND s.id = CASE WHEN e.user_id IS NULL THEN e.session_id END
  AND epoch_ms(e.timestamp) > s.after AND epoch_ms(e.timestamp) <= s.until
LEFT JOIN identities AS c
  ON c.kind = 'client' AND c.id = CASE WHEN e.user_id IS NULL THEN e.client_id END
  AND epoch_ms(e.timestamp) > c.after AND epoch_ms(e.timestamp) <= c.until
WHERE e.action_name <> 'identify';

-- name: events-as-recorded
-- The same for a log without identifications: nothing to join.
CREATE VIEW joined_events AS FROM dataset_events;
