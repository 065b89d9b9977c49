-- Who of the log was erased, and when last (milliseconds since the epoch).
CREATE TABLE erased_people AS
SELECT p.user_id, max(t.at) AS at
FROM (SELECT DISTINCT user_id FROM dataset_events WHERE user_id IS NOT NULL) AS p
JOIN tombstones AS t ON t.hash = sha256(p.user_id)
GROUP BY p.user_id
