-- What the default model of a dataset is chosen by.
-- reads: dataset_products, dataset_customers

-- name: attribute-statistics
-- How widely an attribute of the products is filled, and how well it tells products of one category apart: the mean
-- Gini impurity within the 50 largest categories. {{values}} is the list of a product's values,
-- {{categories}} that of its categories.
WITH filled AS (
  SELECT object_id, categories, value
  FROM (SELECT object_id, {{categories}} AS categories, unnest(list_distinct({{values}})) AS value FROM dataset_products)
  WHERE value <> ''
),
largest AS (
  SELECT category
  FROM (SELECT unnest({{categories}}) AS category FROM dataset_products)
  WHERE category <> ''
  GROUP BY category
  ORDER BY count(*) DESC, category
  LIMIT 50
),
counted AS (
  SELECT l.category, f.value, count(*) AS products
  FROM filled AS f
  JOIN largest AS l ON list_contains(f.categories, l.category)
  GROUP BY l.category, f.value
),
impurities AS (
  SELECT 1 - sum(products * products) / pow(sum(products), 2) AS impurity FROM counted GROUP BY category
)
SELECT
  (SELECT count(DISTINCT object_id) FROM filled) / (SELECT greatest(1, count(*)) FROM dataset_products) AS coverage,
  CAST((SELECT count(DISTINCT value) FROM filled) AS INTEGER) AS distinct_values,
  coalesce((SELECT sum(impurity) FROM impurities), 0) / (SELECT greatest(1, count(*)) FROM largest) AS impurity;

-- name: customer-statistics
-- How widely an attribute of the customers is filled, and how many values it has; {{value}} is its text.
SELECT
  count(nullif({{value}}, '')) / greatest(1, count(*)) AS coverage,
  CAST(count(DISTINCT nullif({{value}}, '')) AS INTEGER) AS distinct_values
FROM dataset_customers;
