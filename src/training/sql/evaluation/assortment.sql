-- Products under numbers from 0 in the order of their ids, with the popularity a shop would rank by at the cut:
-- deeds decayed with a half-life of 28 days + .02 × deeds of the last 26 weeks + .01.
CREATE TABLE assortment AS
SELECT
  CAST(row_number() OVER (ORDER BY p.object_id) - 1 AS INTEGER) AS item,
  p.object_id,
  nullif(p.category, '') AS category,
  round(coalesce(d.decayed + 0.02 * d.recent, 0) + 0.01, 9) AS popularity,
  coalesce(d.recent, 0) > 0 AS sold
FROM dataset_products AS p
LEFT JOIN (
  SELECT
    object_id,
    sum(pow(0.5, ($cut - time) / 86400000.0 / 28)) AS decayed,
    count(*) FILTER (WHERE time >= $cut - 182 * 86400000::BIGINT) AS recent
  FROM deeds
  WHERE time < $cut
  GROUP BY object_id
) AS d ON d.object_id = p.object_id
