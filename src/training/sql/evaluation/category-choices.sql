-- What each person took from each category from the cut on, of the products that were sold before.
SELECT d.user_id, a.category, list(DISTINCT a.item) AS items
FROM deeds AS d
JOIN assortment AS a ON a.object_id = d.object_id
WHERE d.time >= $cut AND d.user_id IS NOT NULL AND a.category IS NOT NULL AND a.sold
GROUP BY d.user_id, a.category
ORDER BY d.user_id, a.category
