-- The first of some user ids that the dataset does not know.
SELECT user_id
FROM (SELECT unnest(from_json($users, '["VARCHAR"]')) AS user_id)
WHERE user_id NOT IN (SELECT user_id FROM dataset_all_events WHERE user_id IS NOT NULL)
  AND user_id NOT IN (SELECT user_id FROM dataset_customers)
LIMIT 1
