-- What the events of a training's window give each user: per product, and per query of a search.
-- reads: counting_events, joined_events, event_weights, event_names
-- creates: user_products, user_queries

-- name: user-products
-- The sum of weight · share · 0.5^(age / half-life) per user and product inside the window.
-- Beside it, for buying again: how often and when last the user did the event of the largest weight with the product,
-- up to now and up to $horizon milliseconds ago.
-- $as_of and $since are milliseconds since the epoch, $half_life days; events after $as_of count as age 0.
CREATE TABLE user_products AS
SELECT
  e.user_id,
  e.object_id,
  sum(e.weight * e.share * pow(0.5, greatest(0, $as_of - e.time) / 86400000.0 / $half_life)) AS worth,
  count(*) AS events,
  count(*) FILTER (e.weight = 1) AS taken,
  max(e.time) FILTER (e.weight = 1) AS last_taken,
  count(*) FILTER (e.weight = 1 AND e.time < $as_of - $horizon) AS taken_before,
  max(e.time) FILTER (e.weight = 1 AND e.time < $as_of - $horizon) AS last_before
FROM counting_events AS e
WHERE e.time >= $since
GROUP BY e.user_id, e.object_id;

-- name: user-queries
-- The same sum per user and query of a search. A search that names a product counts for that product instead.
CREATE TABLE user_queries AS
SELECT
  e.user_id,
  e.query,
  sum(w.weight * pow(0.5, greatest(0, $as_of - epoch_ms(e.timestamp)) / 86400000.0 / $half_life)) AS worth,
  count(*) AS events
FROM joined_events AS e
JOIN event_weights AS w ON w.action_name = e.action_name
JOIN event_names AS n ON n.action_name = e.action_name
WHERE n.event = 'search'
  AND e.user_id IS NOT NULL
  AND e.object_id IS NULL
  AND e.query IS NOT NULL
  AND epoch_ms(e.timestamp) >= $since
GROUP BY e.user_id, e.query;
