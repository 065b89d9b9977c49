-- How many counting events each person has, in all products and per category.
CREATE TABLE participation AS
WITH per_category AS (
  SELECT person, scope, CAST(sum(events) AS BIGINT) AS events
  FROM signals
  GROUP BY person, scope
)
SELECT person, 0 AS scope, CAST(sum(events) AS BIGINT) AS events FROM per_category GROUP BY person
UNION ALL
SELECT person, scope, events FROM per_category WHERE scope <> 0
