-- What was read from the engine, in the shape of a dataset.
-- reads: customer_rows, dataset_products
-- creates: dataset_events, dataset_products, dataset_customers

-- name: events
-- Events of the event index, from one file a day, in the shape of a dataset's; older than the window does not count.
CREATE VIEW dataset_events AS
SELECT timestamp, user_id, client_id, session_id, action_name, object_id, query, quantity
FROM read_parquet([{{files}}])
WHERE timestamp >= epoch_ms(CAST({{since}} AS BIGINT));

-- name: products
-- Locales of one shop hold the same products: one row each, with the values of all of them.
CREATE OR REPLACE TABLE dataset_products AS
SELECT object_id, {{values}}
FROM dataset_products
GROUP BY object_id;

-- name: customers
CREATE VIEW dataset_customers AS FROM customer_rows;
