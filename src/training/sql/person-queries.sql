-- What each person's searches give each query: the sum of weight · 0.5^(age / half-life) inside the window, as for
-- products. A search that names a product counts for that instead.
CREATE TABLE person_queries AS
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
GROUP BY e.user_id, e.query
