-- Sessions from the cut on.
-- reads: dataset_all_events, assortment

-- name: sessions
-- Sessions that began at the cut or later, all their events in order; {{clicks}} is the names of clicks.
SELECT
  e.user_id,
  e.session_id,
  list([e.action_name, CAST(epoch_ms(e.timestamp) AS VARCHAR), CAST(a.item AS VARCHAR)]
    ORDER BY e.timestamp, a.item, e.action_name) AS events
FROM dataset_all_events AS e
JOIN assortment AS a ON a.object_id = e.object_id
WHERE e.session_id IS NOT NULL AND e.action_name IS NOT NULL AND epoch_ms(e.timestamp) < $until
GROUP BY e.user_id, e.session_id
HAVING epoch_ms(min(e.timestamp)) >= $cut AND count(*) FILTER (WHERE e.action_name IN ({{clicks}})) >= 3
ORDER BY e.user_id, e.session_id;
