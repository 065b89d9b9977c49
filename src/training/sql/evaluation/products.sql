-- Products in the order of their numbers, with what they have in the model's fields.
SELECT a.object_id, a.category, a.popularity, a.sold, v.pairs
FROM assortment AS a
LEFT JOIN (
  SELECT object_id, list([field, value]) AS pairs FROM product_values GROUP BY object_id
) AS v ON v.object_id = a.object_id
ORDER BY a.item
