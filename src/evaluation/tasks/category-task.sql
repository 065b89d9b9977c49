-- What users took in categories from the cut on.
-- reads: interactions, assortment, product_categories

-- name: category-choices
-- What each user took from each category from the cut on, of the products that were sold before.
SELECT i.user_id, c.category, list(DISTINCT a.item) AS items
FROM interactions AS i
JOIN assortment AS a ON a.object_id = i.object_id
JOIN product_categories AS c ON c.object_id = i.object_id
WHERE i.time >= $cut AND i.user_id IS NOT NULL AND a.sold
GROUP BY i.user_id, c.category
ORDER BY i.user_id, c.category;

-- name: judged-users
-- Users who took something from the cut on in a category with enough products: a random $max_users of them, or as many
-- as have $max_lists categories between them, of which one user counts with $max_lists_per_user.
WITH large_categories AS (
  SELECT c.category
  FROM assortment AS a
  JOIN product_categories AS c ON c.object_id = a.object_id
  WHERE a.sold
  GROUP BY c.category
  HAVING count(*) >= $min_candidates
),
takers AS (
  SELECT i.user_id, least($max_lists_per_user, count(DISTINCT c.category)) AS lists
  FROM interactions AS i
  JOIN assortment AS a ON a.object_id = i.object_id
  JOIN product_categories AS c ON c.object_id = i.object_id
  JOIN large_categories AS l ON l.category = c.category
  WHERE i.time >= $cut AND i.user_id IS NOT NULL AND a.sold
  GROUP BY i.user_id
)
SELECT user_id
FROM takers
QUALIFY sum(lists) OVER (ORDER BY md5(user_id), user_id) <= $max_lists
ORDER BY md5(user_id), user_id
LIMIT $max_users;
