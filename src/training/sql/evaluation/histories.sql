-- What each owner (of $owners, or all) had before the cut, with decayed counts; the placeholder makes owners of people
-- or of baskets.
-- Rounded, as sums in another order differ in their last digits, and what was bought together must tie.
SELECT owner, list(item ORDER BY item) AS items, list(worth ORDER BY item) AS worths
FROM (
  SELECT
    {{owner}} AS owner,
    a.item,
    round(sum(pow(0.5, ($cut - d.time) / 86400000.0 / $half_life)), 9) AS worth
  FROM deeds AS d
  JOIN assortment AS a ON a.object_id = d.object_id
  WHERE d.time < $cut
  GROUP BY 1, 2
)
WHERE owner IS NOT NULL AND ($owners IS NULL OR owner IN (SELECT unnest(from_json($owners, '["VARCHAR"]'))))
GROUP BY owner
ORDER BY owner
