-- The values that products have in affinity fields, numbers in bands, each value under a short number.
-- reads: dataset_products, products, item_scopes
-- creates: product_values, item_numbers, number_bands, affinity_values, item_values

-- name: product-values
-- A row per product, field and value; filled one field at a time. Of a number field `number` is the value itself: the
-- preference is for the band it falls into, which is another in every scope.
CREATE TABLE product_values (object_id VARCHAR, field VARCHAR, value VARCHAR, number DOUBLE);

-- name: field-values
-- Unpivots one field: {{values}} is the list of a product's values as text. Null, '' and repeats do not count, nor what
-- is no number in a number field.
INSERT INTO product_values
SELECT object_id, $field, value, number
FROM (
  SELECT object_id, value, CASE WHEN $is_number THEN try_cast(value AS DOUBLE) END AS number
  FROM (SELECT object_id, unnest(list_distinct({{values}})) AS value FROM dataset_products)
  WHERE value <> ''
)
WHERE isfinite(number) OR NOT $is_number;

-- name: item-numbers
-- Numbers of products in all scopes they belong to: all products, and their categories.
CREATE TABLE item_numbers AS
SELECT p.item, s.scope, v.field, v.number
FROM (SELECT item, 0 AS scope FROM products UNION ALL SELECT item, scope FROM item_scopes) AS s
JOIN products AS p ON p.item = s.item
JOIN product_values AS v ON v.object_id = p.object_id
WHERE v.number IS NOT NULL;

-- name: number-bands
-- Bands of number fields, in all products and per category: one for each number where there are at most $max_bands,
-- else at most $max_bands with about as many products in each. The edge of a band is the shortest number that parts its
-- products from those below; named `lower..upper`, where the lower edge is inside, the upper is not, and the outer ends
-- are open. Numbers beyond 2^53, which JSON cannot hold exactly and engines refuse in ranges of some types, are no edges.
CREATE TABLE number_bands AS
WITH counted AS (
  SELECT field, scope, number, count(*) AS products
  FROM item_numbers
  WHERE abs(number) <= 9007199254740991
  GROUP BY field, scope, number
),
placed AS (
  SELECT
    field,
    scope,
    number,
    CASE WHEN count(*) OVER everything <= $max_bands THEN row_number() OVER ascending
      ELSE floor($max_bands * (sum(products) OVER ascending - products) / sum(products) OVER everything) END AS band
  FROM counted
  WINDOW everything AS (PARTITION BY field, scope), ascending AS (PARTITION BY field, scope ORDER BY number)
),
grouped AS (
  SELECT field, scope, min(number) AS lowest, lag(max(number)) OVER (PARTITION BY field, scope ORDER BY band) AS below
  FROM placed
  GROUP BY field, scope, band
),
edges AS (
  SELECT
    field,
    scope,
    CASE WHEN below IS NULL THEN NULL ELSE coalesce(
      list_filter(
        list_transform(
          range(-15, 16),
          lambda digits: CASE WHEN digits < 0 THEN floor(lowest / pow(10, -digits)) * pow(10, -digits)
            ELSE floor(lowest * pow(10, digits)) / pow(10, digits) END),
        lambda edge: edge > below AND edge <= lowest)[1],
      lowest) END AS edge
  FROM grouped
),
bands AS (
  SELECT field, scope, edge AS lower, lead(edge) OVER (PARTITION BY field, scope ORDER BY edge NULLS FIRST) AS upper
  FROM edges
)
SELECT
  field,
  scope,
  coalesce(lower, '-infinity') AS lower,
  coalesce(upper, 'infinity') AS upper,
  concat(regexp_replace(lower::VARCHAR, '\.0$', ''), '..', regexp_replace(upper::VARCHAR, '\.0$', '')) AS value
FROM bands;

-- name: affinity-values
-- Every value of every field under a short number, with its text as JSON, made once.
CREATE TABLE affinity_values AS
SELECT
  CAST(row_number() OVER () AS INTEGER) AS value_id,
  field,
  value,
  is_band,
  CAST(to_json(field) AS VARCHAR) AS field_json,
  CAST(to_json(value) AS VARCHAR) AS value_json
FROM (
  SELECT field, value, false AS is_band FROM product_values WHERE number IS NULL
  UNION
  SELECT field, value, true FROM number_bands
);

-- name: item-values
-- Product values in short numbers, in each of the product's categories. `in_all`: it counts in all products too, as it
-- does once for each product. A number is in a band of its category, and in another one of all products, which is scope 0.
CREATE TABLE item_values AS
SELECT p.item, coalesce(s.scope, 0) AS scope, v.value_id, coalesce(s.scope = p.scope, true) AS in_all
FROM product_values AS r
JOIN products AS p ON p.object_id = r.object_id
LEFT JOIN item_scopes AS s ON s.item = p.item
JOIN affinity_values AS v ON v.field = r.field AND v.value = r.value
WHERE r.number IS NULL
UNION ALL
SELECT DISTINCT n.item, n.scope, v.value_id, n.scope = 0
FROM item_numbers AS n
JOIN number_bands AS b ON b.field = n.field AND b.scope = n.scope AND n.number >= b.lower AND n.number < b.upper
JOIN affinity_values AS v ON v.field = b.field AND v.value = b.value;
