-- Customers without those who were erased; who did something since is known again.
CREATE TABLE kept_customers AS
SELECT *
FROM dataset_customers
WHERE sha256(user_id) NOT IN (SELECT hash FROM tombstones)
  OR user_id IN (SELECT user_id FROM dataset_events WHERE user_id IS NOT NULL)
