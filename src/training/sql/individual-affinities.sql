-- Individual affinities x(v), in all products and per category: never below 0, clamped once per person and value.
-- What is 0 in single precision, in which profiles are published, is 0: an event of 1970 may weigh 1e-52.
-- Ordered by person, so that publishing reads people in runs.
CREATE TABLE individual_affinities AS
SELECT owner, scope, value_id, x
FROM (
  SELECT person AS owner, 0 AS scope, value_id, greatest(0, sum(worth)) AS x
  FROM (
    SELECT person, value_id, worth FROM value_sums WHERE in_all
    UNION ALL
    SELECT person, value_id, worth FROM search_sums WHERE scope = 0
  )
  GROUP BY person, value_id
  UNION ALL
  SELECT person, scope, value_id, greatest(0, sum(worth))
  FROM (
    SELECT person, scope, value_id, worth FROM value_sums WHERE scope <> 0
    UNION ALL
    SELECT person, scope, value_id, worth FROM search_sums WHERE scope > 0
  )
  GROUP BY person, scope, value_id
)
WHERE CAST(x AS REAL) > 0
ORDER BY owner
