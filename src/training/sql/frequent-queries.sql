-- The queries that are read for values: the most frequent, which bounds the work and loses next to nothing.
SELECT query
FROM person_queries
GROUP BY query
ORDER BY sum(events) DESC, query
LIMIT 100000
