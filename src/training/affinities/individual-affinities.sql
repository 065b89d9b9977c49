-- Affinities of every user and of the population, in all products and per category.
-- reads: dataset_customers, user_products, user_queries, query_values, products, item_scopes, item_values
-- creates: cohort_members, users, signals, value_sums, search_sums, individual_affinities, population_affinities,
--   participation

-- name: cohort-members
-- Who belongs to which cohort by attributes: {{cohort}} is made of them, null where none is known.
CREATE TABLE cohort_members AS
SELECT user_id, min({{cohort}}) AS cohort
FROM dataset_customers
WHERE {{cohort}} IS NOT NULL
GROUP BY user_id;

-- name: users
-- Users under short numbers, the same in every run: all with a counting event on a known product or a counting
-- search for a known value, and all with a cohort.
CREATE TABLE users AS
SELECT CAST(row_number() OVER (ORDER BY u.user_id) AS INTEGER) AS user_number, u.user_id, m.cohort
FROM (
  SELECT s.user_id FROM user_products AS s JOIN products AS i ON i.object_id = s.object_id
  UNION
  SELECT s.user_id FROM user_queries AS s JOIN query_values AS q ON q.query = s.query
  UNION
  SELECT user_id FROM cohort_members
) AS u
LEFT JOIN cohort_members AS m ON m.user_id = u.user_id;

-- name: signals
-- What each user's events give each known product, in short numbers.
CREATE TABLE signals AS
SELECT u.user_number, p.item, p.scope, s.worth, s.events, s.taken, s.last_taken, s.taken_before, s.last_before
FROM user_products AS s
JOIN users AS u ON u.user_id = s.user_id
JOIN products AS p ON p.object_id = s.object_id;

-- name: value-sums
-- Sums per user, category and value: all products are the sum of those `in_all` over categories. Counted beside them,
-- as evidence for people: the events of the largest weight (`taken`), and all of them.
CREATE TABLE value_sums AS
SELECT
  s.user_number,
  v.scope,
  v.value_id,
  v.in_all,
  sum(s.worth) AS worth,
  CAST(sum(s.taken) AS INTEGER) AS taken,
  CAST(sum(s.events) AS INTEGER) AS events
FROM signals AS s
JOIN item_values AS v ON v.item = s.item
GROUP BY s.user_number, v.scope, v.value_id, v.in_all;

-- name: search-sums
-- What each user's searches give each value: in scope 0 all of them, in a category those that name it, for values it
-- has; in scope -1 those that name no category. Ordered by user, so that publishing reads users in runs.
CREATE TABLE search_sums AS
WITH known AS (
  SELECT query, scope, value_id FROM query_values WHERE scope <= 0
  UNION ALL
  SELECT q.query, q.scope, q.value_id
  FROM query_values AS q
  JOIN (SELECT DISTINCT scope, value_id FROM item_values) AS v ON v.scope = q.scope AND v.value_id = q.value_id
  WHERE q.scope > 0
)
SELECT u.user_number, k.scope, k.value_id, sum(s.worth) AS worth, CAST(sum(s.events) AS INTEGER) AS events
FROM user_queries AS s
JOIN users AS u ON u.user_id = s.user_id
JOIN known AS k ON k.query = s.query
GROUP BY u.user_number, k.scope, k.value_id
ORDER BY u.user_number;

-- name: individual-affinities
-- Affinities x(v) of each user, with how many events they are made of.
-- What is 0 in single precision, in which profiles are published, is 0: an event of 1970 may weigh 1e-52.
-- Ordered by user, so that publishing reads users in runs.
CREATE TABLE individual_affinities AS
SELECT owner, scope, value_id, x, CAST(taken AS INTEGER) AS taken, CAST(events AS INTEGER) AS events
FROM (
  SELECT user_number AS owner, 0 AS scope, value_id, sum(worth) AS x, sum(taken) AS taken, sum(events) AS events
  FROM (
    SELECT user_number, value_id, worth, taken, events FROM value_sums WHERE in_all
    UNION ALL
    SELECT user_number, value_id, worth, 0, events FROM search_sums WHERE scope = 0
  )
  GROUP BY user_number, value_id
  UNION ALL
  SELECT user_number, scope, value_id, sum(worth), sum(taken), sum(events)
  FROM (
    SELECT user_number, scope, value_id, worth, taken, events FROM value_sums WHERE scope <> 0
    UNION ALL
    SELECT user_number, scope, value_id, worth, 0, events FROM search_sums WHERE scope > 0
  )
  GROUP BY user_number, scope, value_id
)
WHERE CAST(x AS REAL) > 0
ORDER BY owner;

-- name: population-affinities
-- The population: the sum of every user's affinities.
CREATE TABLE population_affinities AS
SELECT 1 AS owner, scope, value_id, sum(x) AS x
FROM individual_affinities
GROUP BY scope, value_id;

-- name: participation
-- How many counting events each user has, searches among them, in all products and per category.
CREATE TABLE participation AS
WITH searches AS (
  SELECT u.user_number, q.scope, s.events
  FROM user_queries AS s
  JOIN users AS u ON u.user_id = s.user_id
  JOIN (SELECT DISTINCT query, scope FROM query_values) AS q ON q.query = s.query
)
SELECT user_number, 0 AS scope, CAST(sum(events) AS BIGINT) AS events
FROM (
  SELECT user_number, events FROM signals
  UNION ALL
  SELECT user_number, events FROM searches WHERE scope = 0
)
GROUP BY user_number
UNION ALL
SELECT user_number, scope, CAST(sum(events) AS BIGINT)
FROM (
  SELECT s.user_number, c.scope, s.events FROM signals AS s JOIN item_scopes AS c ON c.item = s.item
  UNION ALL
  SELECT user_number, scope, events FROM searches WHERE scope > 0
)
GROUP BY user_number, scope;
