-- Who is judged: people who took something from the cut on in a category with enough products, a random $most of them.
WITH shelves AS (
  SELECT category FROM assortment WHERE sold AND category IS NOT NULL GROUP BY category HAVING count(*) >= $candidates
)
SELECT d.user_id
FROM deeds AS d
JOIN assortment AS a ON a.object_id = d.object_id
JOIN shelves AS s ON s.category = a.category
WHERE d.time >= $cut AND d.user_id IS NOT NULL AND a.sold
GROUP BY d.user_id
ORDER BY md5(d.user_id)
LIMIT $most
