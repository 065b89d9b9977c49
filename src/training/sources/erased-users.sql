-- Leaves erased users out of the events and customers that training reads, and finds those erased during a run.
-- reads: dataset_events, dataset_customers, tombstones, identities, users
-- creates: erased_users, recorded_identities, recorded_events, dataset_events, kept_customers, dataset_customers

-- name: erased-users
-- Users of the log who were erased, and when last (milliseconds since the epoch).
CREATE TABLE erased_users AS
SELECT u.user_id, max(t.at) AS at
FROM (SELECT DISTINCT user_id FROM dataset_events WHERE user_id IS NOT NULL) AS u
JOIN tombstones AS t ON t.hash = sha256(u.user_id)
GROUP BY u.user_id;

-- name: recorded-identities
-- Found in the whole log, beside those that training finds in its window.
ALTER TABLE identities RENAME TO recorded_identities;

-- name: recorded-events
ALTER VIEW dataset_events RENAME TO recorded_events;

-- name: kept-events
-- The log without what erased users did up to their erasure, also in sessions that turned out to be theirs.
CREATE VIEW dataset_events AS
SELECT e.*
FROM recorded_events AS e
LEFT JOIN recorded_identities AS s
  ON s.kind = 'session' AND s.id = CASE WHEN e.user_id IS NULL THEN e.session_id END
  AND epoch_ms(e.timestamp) > s.after AND epoch_ms(e.timestamp) <= s.until
LEFT JOIN recorded_identities AS c
  ON c.kind = 'client' AND c.id = CASE WHEN e.user_id IS NULL THEN e.client_id END
  AND epoch_ms(e.timestamp) > c.after AND epoch_ms(e.timestamp) <= c.until
LEFT JOIN erased_users AS x
  ON x.user_id = coalesce(e.user_id, s.user_id, c.user_id) AND epoch_ms(e.timestamp) <= x.at
WHERE x.user_id IS NULL;

-- name: kept-customers
-- Customers without erased users; who did something since is known again.
CREATE TABLE kept_customers AS
SELECT *
FROM dataset_customers
WHERE sha256(user_id) NOT IN (SELECT hash FROM tombstones)
  OR user_id IN (SELECT user_id FROM dataset_events WHERE user_id IS NOT NULL);

-- name: customers-without-erased
CREATE OR REPLACE VIEW dataset_customers AS FROM kept_customers;

-- name: erased-meanwhile
-- Users of the published profiles whose id has one of these hashes.
SELECT user_id FROM users WHERE sha256(user_id) IN (SELECT unnest($hashes));
