-- Cohorts: the sum of their people's affinities.
CREATE TABLE group_affinities AS
SELECT c.cohort_id AS owner, a.scope, a.value_id, sum(a.x) AS x
FROM individual_affinities AS a
JOIN people AS u ON u.person = a.owner
JOIN cohorts AS c ON c.cohort = u.cohort
GROUP BY c.cohort_id, a.scope, a.value_id
