-- What is needed to read the log's queries for the values and categories they name.
-- reads: user_queries, affinity_values, categories, category_separator

-- name: frequent-queries
-- The queries that are read for values: the most frequent, which bounds the work and loses next to nothing.
SELECT query
FROM user_queries
GROUP BY query
ORDER BY sum(events) DESC, query
LIMIT 100000;

-- name: named-values
SELECT field, value, value_id FROM affinity_values;

-- name: named-categories
SELECT category, scope FROM categories WHERE scope > 0;

-- name: separator
SELECT separator FROM category_separator;
