-- Who is judged: people who took something from the cut on in a category with enough products, a random $most of them,
-- or as many as have $lists categories between them, of which one person counts with $lists_of_one.
WITH shelves AS (
  SELECT category FROM assortment WHERE sold AND category IS NOT NULL GROUP BY category HAVING count(*) >= $candidates
),
takers AS (
  SELECT d.user_id, least($lists_of_one, count(DISTINCT a.category)) AS lists
  FROM deeds AS d
  JOIN assortment AS a ON a.object_id = d.object_id
  JOIN shelves AS s ON s.category = a.category
  WHERE d.time >= $cut AND d.user_id IS NOT NULL AND a.sold
  GROUP BY d.user_id
)
SELECT user_id
FROM takers
QUALIFY sum(lists) OVER (ORDER BY md5(user_id), user_id) <= $lists
ORDER BY md5(user_id), user_id
LIMIT $most
