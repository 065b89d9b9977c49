-- What each person's events give each product, never below 0; of one person the 500 strongest.
CREATE TABLE own_products AS
SELECT person, item, scope, worth AS x
FROM (
  SELECT person, item, scope, worth, row_number() OVER (PARTITION BY person ORDER BY worth DESC, item) AS place
  FROM signals
  WHERE worth > 0
)
WHERE place <= 500
ORDER BY person
