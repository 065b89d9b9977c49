-- What is judged and what popularity counts: every (person, basket, product) once, at its first moment.
-- A basket is a session; an event without one is in a basket of its own moment. The placeholder is action names.
CREATE TABLE deeds AS
SELECT
  user_id,
  coalesce(session_id, CAST(timestamp AS VARCHAR)) AS basket,
  object_id,
  epoch_ms(min(timestamp)) AS time
FROM dataset_all_events
WHERE action_name IN ({{actions}})
  AND epoch_ms(timestamp) < $until
  AND object_id IN (SELECT object_id FROM dataset_products)
GROUP BY 1, 2, 3
