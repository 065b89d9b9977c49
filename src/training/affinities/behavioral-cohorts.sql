-- What behavioral cohorts are formed by, and who belongs to which.
-- reads: population_affinities, individual_affinities, participation, affinity_values, cohort_values, nearest_cohorts
-- creates: cohort_sample
-- changes: users

-- name: population-values
-- The population's x of every value in all products.
SELECT a.value_id, v.field, v.value, CAST(a.x AS REAL) AS x
FROM population_affinities AS a
JOIN affinity_values AS v ON v.value_id = a.value_id
WHERE a.scope = 0
ORDER BY v.field, v.value;

-- name: user-counts
-- The highest number of a user with affinities, and how many users have $events counting events or more.
SELECT
  (SELECT coalesce(max(owner), 0) FROM individual_affinities) AS last,
  (SELECT count(*) FROM participation WHERE scope = 0 AND events >= $events) AS known;

-- name: sample
-- Users enough is known of to find cohorts by: any $users of those with $events counting events or more.
CREATE TABLE cohort_sample AS
SELECT user_number
FROM participation
WHERE scope = 0 AND events >= $events
ORDER BY hash(user_number), user_number
LIMIT $users;

-- name: evidence
-- Affinities of users $first to $last, or of those in the sample alone: a row per user and value, with all values of a
-- field that cohorts are not compared by as one. Single precision, as profiles are published, hides in which order x
-- was summed.
SELECT a.owner AS user_number, p.place, CAST(sum(a.x) AS REAL) AS x
FROM individual_affinities AS a
JOIN cohort_values AS p ON p.value_id = a.value_id
WHERE a.scope = 0
  AND a.owner BETWEEN $first AND $last
  AND (NOT $sampled OR a.owner IN (SELECT user_number FROM cohort_sample))
GROUP BY a.owner, p.place
ORDER BY a.owner, p.place;

-- name: members
-- Every user whose affinities say something belongs to the nearest cohort.
UPDATE users SET cohort = n.cohort FROM nearest_cohorts AS n WHERE n.user_number = users.user_number;
