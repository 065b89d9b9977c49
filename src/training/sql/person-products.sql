-- What each person's events give each product: the signed sum of weight · 0.5^(age / half-life) inside the window.
-- Clamping comes after summing per value, so nothing is lost by adding up per product first.
-- Beside it, for the rhythm of buying: how often and when last the person did the event of the largest weight with
-- it, up to now and up to $horizon milliseconds ago.
-- $as_of and $since are milliseconds since the epoch, $half_life days; events after $as_of count as age 0.
CREATE TABLE person_products AS
SELECT
  e.user_id,
  e.object_id,
  sum(w.weight * pow(0.5, greatest(0, $as_of - epoch_ms(e.timestamp)) / 86400000.0 / $half_life)) AS worth,
  count(*) AS events,
  count(*) FILTER (w.weight = 1) AS taken,
  max(epoch_ms(e.timestamp)) FILTER (w.weight = 1) AS last_taken,
  count(*) FILTER (w.weight = 1 AND epoch_ms(e.timestamp) < $as_of - $horizon) AS taken_before,
  max(epoch_ms(e.timestamp)) FILTER (w.weight = 1 AND epoch_ms(e.timestamp) < $as_of - $horizon) AS last_before
FROM joined_events AS e
JOIN event_weights AS w ON w.action_name = e.action_name
WHERE e.user_id IS NOT NULL
  AND e.object_id IS NOT NULL
  AND epoch_ms(e.timestamp) >= $since
GROUP BY e.user_id, e.object_id
