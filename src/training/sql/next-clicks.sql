-- Products of one category that are clicked right after each other in a session, above chance:
-- (n_iv − n_i·n_v/R)⁺ / (n_i + 20), n_iv the steps from i to v, n_i those away from i, n_v those to v, R all of the
-- category; the 20 strongest of each product. Clicks on other categories in between do not matter.
-- Everyone's sessions count, also nobody's; without a session id, a client's clicks at most $session_ms apart.
-- A session counts with its first 500 clicks in a category, which bounds what a robot does.
-- $since is milliseconds since the epoch. $wanted 0 leaves it empty.
CREATE TABLE next_clicks AS
WITH clicks AS (
  SELECT
    hash(e.user_id, coalesce(e.session_id, e.client_id), e.session_id IS NULL) AS visit,
    p.scope,
    p.item,
    epoch_ms(e.timestamp) AS time,
    CASE WHEN e.session_id IS NULL THEN $session_ms END AS max_pause
  FROM joined_events AS e
  JOIN event_names AS k ON k.action_name = e.action_name AND k.event IN ('view', 'click')
  JOIN event_weights AS w ON w.action_name = e.action_name
  JOIN products AS p ON p.object_id = e.object_id
  WHERE $wanted = 1
    AND coalesce(e.session_id, e.client_id) IS NOT NULL
    AND epoch_ms(e.timestamp) >= $since
    AND p.scope <> 0
),
followed AS (
  SELECT
    scope,
    item,
    lead(item) OVER session AS neighbour,
    lead(time) OVER session - time AS pause,
    max_pause,
    row_number() OVER session AS place
  FROM clicks
  WINDOW session AS (PARTITION BY visit, scope ORDER BY time, item)
),
steps AS (
  SELECT scope, item, neighbour, count(*) AS steps
  FROM followed
  WHERE neighbour <> item AND place < 500 AND (max_pause IS NULL OR pause <= max_pause)
  GROUP BY scope, item, neighbour
),
away AS (SELECT item, sum(steps) AS steps FROM steps GROUP BY item),
toward AS (SELECT neighbour, sum(steps) AS steps FROM steps GROUP BY neighbour),
everywhere AS (SELECT scope, sum(steps) AS steps FROM steps GROUP BY scope),
strengths AS (
  SELECT
    s.item,
    s.neighbour,
    (s.steps - i.steps * n.steps / CAST(r.steps AS DOUBLE)) / (i.steps + 20) AS strength
  FROM steps AS s
  JOIN away AS i ON i.item = s.item
  JOIN toward AS n ON n.neighbour = s.neighbour
  JOIN everywhere AS r ON r.scope = s.scope
)
SELECT item, neighbour, strength
FROM (
  SELECT *, row_number() OVER (PARTITION BY item ORDER BY strength DESC, neighbour) AS place
  FROM strengths
  WHERE strength > 0
)
WHERE place <= 20
