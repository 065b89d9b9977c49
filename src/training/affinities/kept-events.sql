-- The events that count, with the share of each that was not taken back: `keptEvents` of the core, for all users at once.
-- reads: joined_events, event_weights, event_moves
-- creates: moves, taken_back, counting_events

-- name: as-recorded
-- In a log without removals every event counts whole: nothing to look for.
CREATE VIEW counting_events AS
SELECT e.user_id, e.object_id, epoch_ms(e.timestamp) AS time, w.weight, 1.0 AS share
FROM joined_events AS e
JOIN event_weights AS w ON w.action_name = e.action_name
WHERE e.user_id IS NOT NULL AND e.object_id IS NOT NULL;

-- name: moves
-- $since is in milliseconds since the epoch: what is older neither takes nor is taken back.
-- What gives and what takes back, of the users' products of which anything was taken back. Pieces are counted in whole
-- thousandths, null where they are not told: sums are then the same whatever their order.
CREATE TABLE moves AS
WITH told AS (
  SELECT
    e.user_id,
    e.object_id,
    m.gives,
    m.takes,
    e.action_name,
    epoch_ms(e.timestamp) AS time,
    CASE WHEN e.quantity > 0
      THEN greatest(1, CAST(round(least(e.quantity, 1000000) * 1000) AS BIGINT)) END AS quantity
  FROM joined_events AS e
  JOIN event_moves AS m ON m.action_name = e.action_name
  WHERE e.user_id IS NOT NULL
    AND e.object_id IS NOT NULL
    AND epoch_ms(e.timestamp) >= $since
),
affected AS (SELECT DISTINCT user_id, object_id, gives FROM told WHERE takes)
SELECT
  t.*,
  row_number() OVER (
    PARTITION BY t.user_id, t.object_id, t.gives
    ORDER BY t.time, t.takes, coalesce(t.quantity, 0), t.action_name
  ) AS place
FROM told AS t
JOIN affected AS a ON a.user_id = t.user_id AND a.object_id = t.object_id AND a.gives = t.gives;

-- name: taken-back
-- What is left of each of them. `held` is how many pieces the user has after each move, never below 0: a running sum that
-- begins anew at 0 wherever more is taken than there is. The last pieces that came are the first to go, so those of an event
-- are left as far as `held` never falls below them again.
CREATE TABLE taken_back AS
WITH pieces AS (
  SELECT
    *,
    coalesce(
      quantity,
      CASE WHEN takes THEN last_value(CASE WHEN NOT takes THEN coalesce(quantity, 1000) END IGNORE NULLS) OVER earlier END,
      1000
    ) AS pieces
  FROM moves
  WINDOW earlier AS (
    PARTITION BY user_id, object_id, gives ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  )
),
summed AS (
  SELECT *, sum(CASE WHEN takes THEN -pieces ELSE pieces END) OVER until_now AS total
  FROM pieces
  WINDOW until_now AS (
    PARTITION BY user_id, object_id, gives ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  )
),
levels AS (
  SELECT *, total - least(0, min(total) OVER until_now) AS held
  FROM summed
  WINDOW until_now AS (
    PARTITION BY user_id, object_id, gives ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  )
),
lowest AS (
  SELECT *, min(held) OVER from_now AS low
  FROM levels
  WINDOW from_now AS (
    PARTITION BY user_id, object_id, gives ORDER BY place ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
  )
)
SELECT user_id, object_id, gives, action_name, time,
  CAST(low - (held - pieces) AS DOUBLE) / CAST(pieces AS DOUBLE) AS share
FROM lowest
WHERE NOT takes AND low > held - pieces;

-- name: kept
-- The events of affected products as they are left, all others whole.
CREATE VIEW counting_events AS
SELECT e.user_id, e.object_id, epoch_ms(e.timestamp) AS time, w.weight, 1.0 AS share
FROM joined_events AS e
JOIN event_weights AS w ON w.action_name = e.action_name
LEFT JOIN event_moves AS m ON m.action_name = e.action_name
LEFT JOIN (SELECT DISTINCT user_id, object_id, gives FROM moves) AS a
  ON a.user_id = e.user_id AND a.object_id = e.object_id AND a.gives = m.gives
WHERE e.user_id IS NOT NULL AND e.object_id IS NOT NULL AND a.user_id IS NULL
UNION ALL
SELECT t.user_id, t.object_id, t.time, w.weight, t.share
FROM taken_back AS t
JOIN event_weights AS w ON w.action_name = t.action_name;
