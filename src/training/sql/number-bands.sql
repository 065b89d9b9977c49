-- Bands of number fields, in all products and per category: one for each number where there are at most $most, else
-- at most $most with about as many products in each. The edge of a band is the shortest number that parts its products
-- from those below; named `lower..upper`, where the lower edge is inside, the upper is not, and the outer ends are open.
-- Numbers beyond 2^53, which JSON cannot hold exactly and engines refuse in ranges of some types, are no edges.
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
    CASE WHEN count(*) OVER everything <= $most THEN row_number() OVER ascending
      ELSE floor($most * (sum(products) OVER ascending - products) / sum(products) OVER everything) END AS band
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
FROM bands
