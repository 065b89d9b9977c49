-- How widely an attribute of the customers is filled, and how many values it has; the placeholder is its text.
SELECT
  count(nullif({{value}}, '')) / greatest(1, count(*)) AS coverage,
  CAST(count(DISTINCT nullif({{value}}, '')) AS INTEGER) AS distinct_values
FROM dataset_customers
