-- Products under short numbers, with the scope of their category; a product without one is in scope 0 alone.
CREATE TABLE products AS
SELECT
  CAST(row_number() OVER () AS INTEGER) AS item,
  p.object_id,
  coalesce(c.scope, 0) AS scope
FROM dataset_products AS p
LEFT JOIN categories AS c ON c.category = p.category
