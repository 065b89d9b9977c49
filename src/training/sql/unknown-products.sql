-- Counting events on products the catalog does not know.
SELECT coalesce(sum(s.events), 0) AS events
FROM person_products AS s
WHERE NOT EXISTS (SELECT 1 FROM products AS p WHERE p.object_id = s.object_id)
