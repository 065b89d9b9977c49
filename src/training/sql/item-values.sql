-- Product values in short numbers, in the scope of the product's category. `in_all`: it counts in all products too.
-- A number is in a band of its category, and in another one of all products, which is scope 0.
CREATE TABLE item_values AS
SELECT p.item, p.scope, v.value_id, true AS in_all
FROM product_values AS r
JOIN products AS p ON p.object_id = r.object_id
JOIN affinity_values AS v ON v.field = r.field AND v.value = r.value
WHERE r.number IS NULL
UNION ALL
SELECT DISTINCT n.item, n.scope, v.value_id, n.scope = 0
FROM item_numbers AS n
JOIN number_bands AS b ON b.field = n.field AND b.scope = n.scope AND n.number >= b.lower AND n.number < b.upper
JOIN affinity_values AS v ON v.field = b.field AND v.value = b.value
