-- Product values in short numbers.
CREATE TABLE item_values AS
SELECT p.item, p.scope, v.value_id
FROM product_values AS r
JOIN products AS p ON p.object_id = r.object_id
JOIN affinity_values AS v ON v.field = r.field AND v.value = r.value
