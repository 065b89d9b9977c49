-- People under short numbers, the same in every run: everyone with a counting event on a known product or a counting
-- search for a known value, and everyone with a cohort.
CREATE TABLE people AS
SELECT CAST(row_number() OVER (ORDER BY p.user_id) AS INTEGER) AS person, p.user_id, m.cohort
FROM (
  SELECT s.user_id FROM person_products AS s JOIN products AS i ON i.object_id = s.object_id
  UNION
  SELECT s.user_id FROM person_queries AS s JOIN query_values AS q ON q.query = s.query
  UNION
  SELECT user_id FROM cohort_members
) AS p
LEFT JOIN cohort_members AS m ON m.user_id = p.user_id
