-- Everyone's weight on all products of a scope, and on how many products it is.
CREATE TABLE product_totals AS
SELECT 0 AS scope, coalesce(sum(x), 0) AS total, count(*) AS products FROM population_products
UNION ALL
SELECT scope, sum(x), count(*) FROM population_products WHERE scope <> 0 GROUP BY scope
