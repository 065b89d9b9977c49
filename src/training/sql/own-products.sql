-- What each person's events give each product, never below 0, times the rhythm of what they took; of one person the 500
-- strongest.
CREATE TABLE own_products AS
SELECT person, item, scope, x
FROM (
  SELECT *, row_number() OVER (PARTITION BY person ORDER BY x DESC, item) AS place
  FROM (
    SELECT s.person, s.item, s.scope, s.worth * coalesce(r.rhythm, 1) AS x
    FROM signals AS s
    LEFT JOIN rhythm AS r
      ON s.taken > 0 AND r.times = rhythm_step(s.taken) AND r.weeks = rhythm_step(($as_of - s.last_taken) / 604800000.0)
    WHERE s.worth > 0
  )
)
WHERE place <= 500
ORDER BY person
