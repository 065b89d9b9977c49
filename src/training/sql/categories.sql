-- Scopes: 0 is all products, the others are one category each.
CREATE TABLE categories AS
SELECT 0 AS scope, CAST(NULL AS VARCHAR) AS category
UNION ALL
SELECT CAST(row_number() OVER (ORDER BY category) AS INTEGER), category
FROM (SELECT DISTINCT category FROM dataset_products WHERE category <> '')
