-- What the population's events give single products, and which products go together.
-- reads: signals, joined_events, event_names, event_weights, products, item_scopes
-- creates: population_products, product_totals, bought_with, next_clicks

-- name: population-products
-- What all events give each product: the sum over users, each never below 0.
CREATE TABLE population_products AS
SELECT item, count(*) AS users, sum(worth) AS x
FROM signals
WHERE worth > 0
GROUP BY item;

-- name: product-totals
-- The population's weight on all products of a scope, and on how many products it is.
CREATE TABLE product_totals AS
SELECT 0 AS scope, coalesce(sum(x), 0) AS total, count(*) AS products FROM population_products
UNION ALL
SELECT s.scope, sum(p.x), count(*)
FROM population_products AS p
JOIN item_scopes AS s ON s.item = p.item
GROUP BY s.scope;

-- name: bought-with
-- Products of one category that the same users have, above chance: (n_iv − n_i·n_v/R)⁺ / (n_i + 20), R the users
-- of the category; pairs of at least two users, the 20 strongest of each product. A user counts with the 100
-- products that matter most to them in a category, which bounds the pairs. Empty unless $bought_with.
CREATE TABLE bought_with AS
WITH has AS (
  SELECT user_number, scope, item
  FROM (
    SELECT
      user_number,
      scope,
      item,
      row_number() OVER (PARTITION BY user_number, scope ORDER BY worth DESC, item) AS place
    FROM signals
    WHERE worth > 0 AND scope <> 0
  )
  WHERE place <= 100 AND $bought_with
),
users_of_item AS (SELECT item, count(*) AS users FROM has GROUP BY item),
users_of_scope AS (SELECT scope, count(DISTINCT user_number) AS users FROM has GROUP BY scope),
pairs AS (
  SELECT a.scope, a.item, b.item AS neighbour, count(*) AS users
  FROM has AS a
  JOIN has AS b ON b.user_number = a.user_number AND b.scope = a.scope AND b.item <> a.item
  GROUP BY a.scope, a.item, b.item
  HAVING count(*) >= 2
),
strengths AS (
  SELECT
    p.item,
    p.neighbour,
    (p.users - i.users * n.users / CAST(s.users AS DOUBLE)) / (i.users + 20) AS strength
  FROM pairs AS p
  JOIN users_of_item AS i ON i.item = p.item
  JOIN users_of_item AS n ON n.item = p.neighbour
  JOIN users_of_scope AS s ON s.scope = p.scope
)
SELECT item, neighbour, strength
FROM (
  SELECT *, row_number() OVER (PARTITION BY item ORDER BY strength DESC, neighbour) AS place
  FROM strengths
  WHERE strength > 0
)
WHERE place <= 20;

-- name: next-clicks
-- Products of one category that are clicked right after each other in a session, above chance:
-- (n_iv − n_i·n_v/R)⁺ / (n_i + 20), n_iv the steps from i to v, n_i those away from i, n_v those to v, R all of the
-- category; the 20 strongest of each product. Clicks on other categories in between do not matter.
-- Sessions of visitors count too; without a session id, a client's clicks at most $session_ms apart.
-- A session counts with its first 500 clicks in a category, which bounds what a robot does.
-- $since is milliseconds since the epoch. Empty unless $next_clicks.
CREATE TABLE next_clicks AS
WITH clicks AS (
  SELECT
    hash(e.user_id, coalesce(e.session_id, e.client_id), e.session_id IS NULL) AS session_key,
    p.scope,
    p.item,
    epoch_ms(e.timestamp) AS time,
    CASE WHEN e.session_id IS NULL THEN $session_ms END AS max_pause
  FROM joined_events AS e
  JOIN event_names AS k ON k.action_name = e.action_name AND k.event IN ('view', 'click')
  JOIN event_weights AS w ON w.action_name = e.action_name
  JOIN products AS p ON p.object_id = e.object_id
  WHERE $next_clicks
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
  WINDOW session AS (PARTITION BY session_key, scope ORDER BY time, item)
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
WHERE place <= 20;
