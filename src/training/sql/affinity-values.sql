-- Every value of every field under a short number, with its text as JSON, made once.
CREATE TABLE affinity_values AS
SELECT
  CAST(row_number() OVER () AS INTEGER) AS value_id,
  field,
  value,
  CAST(to_json(field) AS VARCHAR) AS field_json,
  CAST(to_json(value) AS VARCHAR) AS value_json
FROM (SELECT DISTINCT field, value FROM product_values)
