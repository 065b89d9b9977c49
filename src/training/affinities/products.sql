-- Categories and products under short numbers, and which products are in which categories.
-- reads: dataset_products, category_scopes
-- creates: category_text, product_categories, categories, products, item_scopes, item_categories

-- name: category-text
-- As `categoryText` of the core: a number with nothing but zeros behind its point is the whole number.
CREATE MACRO category_text(value) AS regexp_replace(value, '^(-?\d+)\.0+$', '\1');

-- name: product-categories
-- A row per product and category: {{categories}} is the list of a product's categories as text.
CREATE TABLE product_categories AS
SELECT object_id, category
FROM (
  SELECT
    object_id,
    unnest(list_distinct(list_transform({{categories}}, lambda element: category_text(element)))) AS category
  FROM dataset_products
)
WHERE category <> '';

-- name: categories
-- Scopes: 0 is all products, the others are one category each, or the parent of some.
CREATE TABLE categories AS
SELECT 0 AS scope, CAST(NULL AS VARCHAR) AS category
UNION ALL
SELECT CAST(row_number() OVER (ORDER BY category) AS INTEGER), category
FROM (SELECT DISTINCT scope AS category FROM category_scopes);

-- name: products
-- `scope` is the one in which related products are learned. Of several categories it is the smallest with 20 products or
-- more, else the largest. A product without a category is in scope 0 alone.
CREATE TABLE products AS
WITH sizes AS (
  SELECT category, CASE WHEN count(*) >= 20 THEN count(*) ELSE 1e15 - count(*) END AS size
  FROM product_categories
  GROUP BY category
),
own AS (
  SELECT p.object_id, arg_min(c.scope, (s.size, c.scope)) AS scope
  FROM product_categories AS p
  JOIN sizes AS s ON s.category = p.category
  JOIN categories AS c ON c.category = p.category
  GROUP BY p.object_id
)
SELECT
  CAST(row_number() OVER () AS INTEGER) AS item,
  p.object_id,
  coalesce(o.scope, 0) AS scope
FROM dataset_products AS p
LEFT JOIN own AS o ON o.object_id = p.object_id;

-- name: item-scopes
-- Every category that a product is in, and every parent of one.
CREATE TABLE item_scopes AS
SELECT DISTINCT p.item, c.scope
FROM product_categories AS r
JOIN products AS p ON p.object_id = r.object_id
JOIN category_scopes AS s ON s.category = r.category
JOIN categories AS c ON c.category = s.scope;

-- name: item-categories
-- A product's categories as JSON: null, one, or a list of them.
CREATE TABLE item_categories AS
SELECT
  p.item,
  CASE count(r.category)
    WHEN 0 THEN 'null'
    WHEN 1 THEN CAST(to_json(min(r.category)) AS VARCHAR)
    ELSE CAST(to_json(list(r.category ORDER BY r.category)) AS VARCHAR) END AS categories_json
FROM products AS p
LEFT JOIN product_categories AS r ON r.object_id = p.object_id
GROUP BY p.item;
