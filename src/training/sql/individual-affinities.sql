-- Individual affinities x(v), in all products and per category: never below 0, clamped once per person and value.
-- Ordered by person, so that publishing reads people in runs.
CREATE TABLE individual_affinities AS
SELECT owner, scope, value_id, x
FROM (
  SELECT person AS owner, 0 AS scope, value_id, greatest(0, sum(worth)) AS x
  FROM value_sums
  GROUP BY person, value_id
  UNION ALL
  SELECT person, scope, value_id, greatest(0, worth)
  FROM value_sums
  WHERE scope <> 0
)
WHERE x > 0
ORDER BY owner
