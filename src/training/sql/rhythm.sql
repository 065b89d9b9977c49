-- The rhythm of buying: how likely people were to take a product again within the horizon, by how often and how many
-- weeks ago they had taken it, relative to the mean over all. Learned from the last horizon: who had what before it,
-- and who took it again in it. Shrunk to the mean by 20 cases; empty, which counts as 1, below 1,000 cases.
CREATE TABLE rhythm AS
WITH cases AS (
  SELECT
    rhythm_step(taken_before) AS times,
    rhythm_step(($as_of - $horizon - last_before) / 604800000.0) AS weeks,
    CAST(taken > taken_before AS INTEGER) AS again
  FROM signals
  WHERE taken_before > 0
),
overall AS (
  SELECT avg(again) AS rate FROM cases HAVING count(*) >= 1000 AND sum(again) > 0
)
SELECT times, weeks, (sum(again) + 20 * o.rate) / (count(*) + 20) / o.rate AS rhythm
FROM cases CROSS JOIN overall AS o
GROUP BY times, weeks, o.rate
