-- A sample of users, of whose events the newest are held out, in a schema of its own beside the training's tables.
-- reads: main.joined_events, main.dataset_products, main.dataset_customers
-- creates: dataset_all_events, dataset_events, dataset_products, dataset_customers

-- name: event-span
-- How long a log is, and how many events and users (visitors by client or session) are in the window.
SELECT
  epoch_ms(min(timestamp)) AS oldest,
  count(*) AS events,
  approx_count_distinct(coalesce(user_id, client_id, session_id)) AS users
FROM main.joined_events
WHERE epoch_ms(timestamp) BETWEEN $since AND $as_of;

-- name: sampled-events
-- All events of a share of the users, drawn by the hash of their id: as many of a million as $users_of_million. Whose
-- events are whose is known by now.
CREATE TABLE dataset_all_events AS
SELECT *
FROM main.joined_events
WHERE epoch_ms(timestamp) BETWEEN $since AND $as_of
  AND hash(coalesce(user_id, client_id, session_id)) % 1000000 < $users_of_million;

-- name: past-events
-- What the held-out training sees of them.
CREATE VIEW dataset_events AS
SELECT * FROM dataset_all_events WHERE epoch_ms(timestamp) < {{cut}};

-- name: sampled-products
-- Products that the sampled users had to do with: others can neither be learned from nor be candidates.
CREATE TABLE dataset_products AS
SELECT *
FROM main.dataset_products
WHERE object_id IN (SELECT object_id FROM dataset_all_events);

-- name: sampled-customers
-- Attributes of the sampled users.
CREATE TABLE dataset_customers AS
SELECT *
FROM main.dataset_customers
WHERE user_id IN (SELECT user_id FROM dataset_all_events);
