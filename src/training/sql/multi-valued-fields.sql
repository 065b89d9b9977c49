-- Fields in which a product has more than one value.
SELECT DISTINCT field
FROM (SELECT object_id, field FROM product_values GROUP BY object_id, field HAVING count(*) > 1)
ORDER BY field
