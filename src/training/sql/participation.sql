-- How many counting events each person has, searches among them, in all products and per category.
CREATE TABLE participation AS
WITH searches AS (
  SELECT u.person, q.scope, s.events
  FROM person_queries AS s
  JOIN people AS u ON u.user_id = s.user_id
  JOIN (SELECT DISTINCT query, scope FROM query_values) AS q ON q.query = s.query
)
SELECT person, 0 AS scope, CAST(sum(events) AS BIGINT) AS events
FROM (
  SELECT person, events FROM signals
  UNION ALL
  SELECT person, events FROM searches WHERE scope = 0
)
GROUP BY person
UNION ALL
SELECT person, scope, CAST(sum(events) AS BIGINT)
FROM (
  SELECT person, scope, events FROM signals WHERE scope <> 0
  UNION ALL
  SELECT person, scope, events FROM searches WHERE scope > 0
)
GROUP BY person, scope
