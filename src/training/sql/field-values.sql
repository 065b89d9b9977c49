-- Unpivots one field: its placeholder is the list of a product's values as text; null, '' and repeats do not count,
-- nor what is no number in a number field.
INSERT INTO product_values
SELECT object_id, $field, value, number
FROM (
  SELECT object_id, value, CASE WHEN $is_number THEN try_cast(value AS DOUBLE) END AS number
  FROM (SELECT object_id, unnest(list_distinct({{values}})) AS value FROM dataset_products)
  WHERE value <> ''
)
WHERE isfinite(number) OR NOT $is_number
