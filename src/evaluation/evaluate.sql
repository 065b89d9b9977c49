-- Whom an evaluation judges, when it is given users.
-- reads: dataset_all_events, dataset_customers, dataset_events, judged_users
-- creates: short_histories, dataset_events

-- name: unknown-users
-- The first of some user ids that the dataset does not know.
SELECT user_id
FROM (SELECT unnest(from_json($users, '["VARCHAR"]')) AS user_id)
WHERE user_id NOT IN (SELECT user_id FROM dataset_all_events WHERE user_id IS NOT NULL)
  AND user_id NOT IN (SELECT user_id FROM dataset_customers)
LIMIT 1;

-- name: short-histories
-- Events before the cut, of which the judged users keep only their last $history: as if they had come to the shop lately.
CREATE TABLE short_histories AS
SELECT * FROM dataset_events WHERE user_id IS NULL OR user_id NOT IN (SELECT user_id FROM judged_users)
UNION ALL
SELECT *
FROM dataset_events
WHERE user_id IN (SELECT user_id FROM judged_users)
QUALIFY row_number() OVER (PARTITION BY user_id ORDER BY timestamp DESC, session_id, object_id, action_name) <= $history;

-- name: events-with-short-histories
-- What training sees from here on; `dataset_all_events`, which is judged by, stays.
CREATE OR REPLACE VIEW dataset_events AS FROM short_histories;
