-- One document per scope, everybody in it; in a category that was only searched for there is no assortment's weight.
-- That of all products names the categories.
SELECT
  'all' AS key,
  any_value(g.category) AS category,
  concat('{"kind":"population","key":"all","people":', count(*), ',"events":', sum(n.events),
    ',"scopes":[', s.document, '],"assortment":{"total":', coalesce(any_value(CAST(t.total AS REAL)), 0),
    ',"products":', coalesce(any_value(t.products), 0), '}',
    CASE WHEN s.scope = 0 THEN
      concat(',"categories":',
        coalesce((SELECT to_json(list(category ORDER BY category)) FROM categories WHERE scope > 0), '[]'))
    ELSE '' END,
    '}') AS document
FROM profile_scopes AS s
JOIN categories AS g ON g.scope = s.scope
JOIN participation AS n ON n.scope = s.scope
LEFT JOIN product_totals AS t ON t.scope = s.scope
GROUP BY s.scope, s.document
