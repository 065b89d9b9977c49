-- Attributes of the sampled people.
CREATE TABLE dataset_customers AS
SELECT *
FROM main.dataset_customers
WHERE user_id IN (SELECT user_id FROM dataset_all_events)
