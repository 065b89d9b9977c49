-- One document per scope, everybody in it.
SELECT
  'all' AS key,
  any_value(g.category) AS category,
  concat('{"kind":"population","key":"all","people":', count(*), ',"events":', sum(n.events),
    ',"scopes":[', s.document, '],"assortment":{"total":', any_value(CAST(t.total AS REAL)),
    ',"products":', any_value(t.products), '}}') AS document
FROM profile_scopes AS s
JOIN categories AS g ON g.scope = s.scope
JOIN participation AS n ON n.scope = s.scope
JOIN product_totals AS t ON t.scope = s.scope
GROUP BY s.scope, s.document
