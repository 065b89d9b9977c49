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
)
