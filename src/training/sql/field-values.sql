-- Unpivots one field: its placeholder is the list of a product's values as text; null, '' and repeats do not count.
INSERT INTO product_values
SELECT object_id, $field, value
FROM (SELECT object_id, unnest(list_distinct({{values}})) AS value FROM dataset_products)
WHERE value <> ''
