-- Events before the cut, of which the people judged keep only their last: as if they had come to the shop lately.
CREATE TABLE short_histories AS
SELECT * FROM dataset_events WHERE user_id IS NULL OR user_id NOT IN (SELECT user_id FROM judged_people)
UNION ALL
SELECT *
FROM dataset_events
WHERE user_id IN (SELECT user_id FROM judged_people)
QUALIFY row_number() OVER (PARTITION BY user_id ORDER BY timestamp DESC, session_id, object_id, action_name) <= $history
