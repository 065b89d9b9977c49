-- Products that the sampled people had to do with: others can neither be learned from nor be candidates.
CREATE TABLE dataset_products AS
SELECT *
FROM main.dataset_products
WHERE object_id IN (SELECT object_id FROM dataset_all_events)
