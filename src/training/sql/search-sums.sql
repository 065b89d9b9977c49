-- What each person's searches give each value: in scope 0 all of them, in a category those that name it, for values it
-- has; in scope -1 those that name no category. Ordered by person, so that publishing reads people in runs.
CREATE TABLE search_sums AS
WITH known AS (
  SELECT query, scope, value_id FROM query_values WHERE scope <= 0
  UNION ALL
  SELECT q.query, q.scope, q.value_id
  FROM query_values AS q
  JOIN (SELECT DISTINCT scope, value_id FROM item_values) AS v ON v.scope = q.scope AND v.value_id = q.value_id
  WHERE q.scope > 0
)
SELECT u.person, k.scope, k.value_id, sum(s.worth) AS worth
FROM person_queries AS s
JOIN people AS u ON u.user_id = s.user_id
JOIN known AS k ON k.query = s.query
GROUP BY u.person, k.scope, k.value_id
ORDER BY u.person
