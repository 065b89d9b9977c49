-- Affinities of cohorts, and the fields in which values differ at all.
-- reads: users, individual_affinities, population_affinities, affinity_values
-- creates: cohorts, group_affinities, kept_fields

-- name: cohorts
-- Cohorts under short numbers.
CREATE TABLE cohorts AS
SELECT CAST(row_number() OVER (ORDER BY cohort) AS INTEGER) AS cohort_id, cohort
FROM (SELECT DISTINCT cohort FROM users WHERE cohort IS NOT NULL);

-- name: group-affinities
-- Cohorts: the sum of their users' affinities.
CREATE TABLE group_affinities AS
SELECT c.cohort_id AS owner, a.scope, a.value_id, sum(a.x) AS x
FROM individual_affinities AS a
JOIN users AS u ON u.user_number = a.owner
JOIN cohorts AS c ON c.cohort = u.cohort
GROUP BY c.cohort_id, a.scope, a.value_id;

-- name: kept-fields
-- Fields worth publishing in a scope: one with a single value tells no product from another.
CREATE TABLE kept_fields AS
SELECT p.scope, v.field
FROM population_affinities AS p
JOIN affinity_values AS v ON v.value_id = p.value_id
GROUP BY p.scope, v.field
HAVING count(*) > 1;
