-- Categories and products under short numbers.
-- reads: dataset_products
-- creates: categories, products

-- name: categories
-- Scopes: 0 is all products, the others are one category each.
CREATE TABLE categories AS
SELECT 0 AS scope, CAST(NULL AS VARCHAR) AS category
UNION ALL
SELECT CAST(row_number() OVER (ORDER BY category) AS INTEGER), category
FROM (SELECT DISTINCT category FROM dataset_products WHERE category <> '');

-- name: products
-- A product without a category is in scope 0 alone.
CREATE TABLE products AS
SELECT
  CAST(row_number() OVER () AS INTEGER) AS item,
  p.object_id,
  coalesce(c.scope, 0) AS scope
FROM dataset_products AS p
LEFT JOIN categories AS c ON c.category = p.category;
