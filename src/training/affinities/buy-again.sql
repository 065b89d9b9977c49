-- What users buy again: each user's own products, weighed by how soon such purchases are repeated.
-- reads: signals
-- creates: rhythm_step, rhythm, own_products

-- name: rhythm-step
-- Steps of doubling, 0 to 5: 1, 2, 4, 8, 16, 32 and more.
CREATE MACRO rhythm_step(number) AS CAST(floor(log2(greatest(1, least(32, number)))) AS INTEGER);

-- name: rhythm
-- The rhythm of buying: how likely users were to take a product again within the horizon, by how often and how many
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
GROUP BY times, weeks, o.rate;

-- name: own-products
-- What each user's events give each product, never below 0, times the rhythm of what they took; of one user the 500
-- strongest.
CREATE TABLE own_products AS
SELECT user_number, item, x, taken, events
FROM (
  SELECT *, row_number() OVER (PARTITION BY user_number ORDER BY x DESC, item) AS place
  FROM (
    SELECT s.user_number, s.item, s.taken, s.events, s.worth * coalesce(r.rhythm, 1) AS x
    FROM signals AS s
    LEFT JOIN rhythm AS r
      ON s.taken > 0 AND r.times = rhythm_step(s.taken) AND r.weeks = rhythm_step(($as_of - s.last_taken) / 604800000.0)
    WHERE s.worth > 0
  )
)
WHERE place <= 500
ORDER BY user_number;
