-- Transitions between clicks, for the Markov baseline.
-- reads: dataset_all_events, assortment

-- name: click-transitions
-- How often one product's click was followed by another's in the same session, before the cut.
SELECT previous, list(item ORDER BY item) AS items, list(times ORDER BY item) AS times
FROM (
  SELECT previous, item, CAST(count(*) AS INTEGER) AS times
  FROM (
    SELECT
      a.item,
      lag(a.item) OVER (
        PARTITION BY e.user_id, e.session_id ORDER BY e.timestamp, a.item, e.action_name
      ) AS previous
    FROM dataset_all_events AS e
    JOIN assortment AS a ON a.object_id = e.object_id
    WHERE e.session_id IS NOT NULL AND e.action_name IN ({{clicks}}) AND epoch_ms(e.timestamp) < $cut
  )
  WHERE previous <> item
  GROUP BY previous, item
)
GROUP BY previous;
