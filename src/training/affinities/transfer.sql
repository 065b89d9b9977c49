-- How far tastes carry over: what users' affinities in other categories say about their choices in one.
-- reads: users, individual_affinities, population_affinities, affinity_values
-- creates: transfer

-- name: transfer
-- For each field the strength t, 0 to 1, with which the lift l(v) of a user's other categories explains the share s(v) of
-- what they took in one, above the category's own share p(v): one step of the fit of s(v) ~ p(v) · exp(t · l(v)), which
-- is Σ (Σ s·l − Σ p·l) / Σ (Σ p·l² − (Σ p·l)²) over pairs of user and category, shrunk to 0 by $shrinkage. Pairs are
-- those with little of the user's own, as they are what it is for; of many users a sample is enough. A field below
-- $least means something else in each category.
CREATE TABLE transfer AS
WITH sampled AS (
  SELECT user_number AS owner FROM users ORDER BY md5(user_id), user_id LIMIT $max_users
),
tastes AS (
  SELECT a.owner, a.scope, a.value_id, v.field, a.x
  FROM individual_affinities AS a
  JOIN sampled AS s ON s.owner = a.owner
  JOIN affinity_values AS v ON v.value_id = a.value_id
  WHERE NOT v.is_band
),
shares AS (
  SELECT
    a.scope,
    a.value_id,
    (a.x + $smoothing) / (sum(a.x) OVER field + $smoothing * count(*) OVER field) AS p,
    count(*) OVER field AS distinct_values
  FROM population_affinities AS a
  JOIN affinity_values AS v ON v.value_id = a.value_id
  WHERE NOT v.is_band
  WINDOW field AS (PARTITION BY a.scope, v.field)
),
pairs AS (
  SELECT owner, scope, field, sum(x) AS total
  FROM tastes
  WHERE scope > 0
  GROUP BY owner, scope, field
  HAVING sum(x) <= $max_own
),
lifts AS (
  SELECT
    o.owner,
    o.scope,
    o.field,
    inside.p,
    coalesce(t.x, 0) / o.total AS share,
    ln(greatest(0, e.x - coalesce(t.x, 0)) / ($prior * outside.p) + 1) AS lift
  FROM pairs AS o
  JOIN tastes AS e ON e.owner = o.owner AND e.scope = 0 AND e.field = o.field
  JOIN shares AS inside ON inside.scope = o.scope AND inside.value_id = e.value_id AND inside.distinct_values > 1
  JOIN shares AS outside ON outside.scope = 0 AND outside.value_id = e.value_id
  LEFT JOIN tastes AS t ON t.owner = o.owner AND t.scope = o.scope AND t.value_id = e.value_id
),
steps AS (
  SELECT field, sum(share * lift) - sum(p * lift) AS score, sum(p * lift * lift) - pow(sum(p * lift), 2) AS information
  FROM lifts
  GROUP BY owner, scope, field
)
SELECT field, round(least(1, sum(score) / (sum(information) + $shrinkage)), 3) AS strength
FROM steps
GROUP BY field
HAVING sum(score) / (sum(information) + $shrinkage) >= $least
ORDER BY field;
