-- Numbers of products in both scopes they belong to: all products, and their category.
CREATE TABLE item_numbers AS
SELECT p.item, p.scope, v.field, v.number
FROM (SELECT item, object_id, unnest(list_distinct([0, scope])) AS scope FROM products) AS p
JOIN product_values AS v ON v.object_id = p.object_id
WHERE v.number IS NOT NULL
