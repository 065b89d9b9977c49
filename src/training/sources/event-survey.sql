-- What the log holds before it is read.
-- reads: dataset_events

-- name: survey
-- Which events there are, how many, and when the newest was (milliseconds since the epoch).
SELECT action_name, count(*) AS events, max(epoch_ms(timestamp)) AS newest
FROM dataset_events
WHERE timestamp IS NOT NULL
GROUP BY action_name
ORDER BY events DESC;
