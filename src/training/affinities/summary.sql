-- What a run counted, and what must be known before its profiles are published.
-- reads: participation, users, cohorts, products, bought_with, next_clicks, kept_fields, affinity_values,
--   individual_affinities, group_affinities, population_affinities, user_products, product_values

-- name: summary
-- Counts, the number of documents the run makes, and whether any number is unfit to publish.
WITH scopes_of_groups AS (
  SELECT DISTINCT a.owner, a.scope
  FROM group_affinities AS a
  JOIN affinity_values AS v ON v.value_id = a.value_id
  JOIN kept_fields AS k ON k.scope = a.scope AND k.field = v.field
)
SELECT
  (SELECT count(*) FROM participation WHERE scope = 0) AS active_users,
  (SELECT coalesce(sum(events), 0) FROM participation WHERE scope = 0) AS events,
  (SELECT count(*) FROM users) AS individuals,
  (SELECT count(*) FROM cohorts) AS cohorts,
  (SELECT count(*) FROM products) AS items,
  (SELECT count(*) FROM users)
    + (SELECT count(*) FROM (SELECT item FROM bought_with UNION SELECT item FROM next_clicks))
    + (SELECT count(*) FROM scopes_of_groups)
    + (SELECT count(DISTINCT scope) FROM kept_fields) AS documents,
  (SELECT count(*) > 0 FROM kept_fields WHERE scope = 0) AS comparable,
  (SELECT count(*) FROM individual_affinities WHERE NOT (isfinite(x) AND CAST(x AS REAL) > 0))
    + (SELECT count(*) FROM population_affinities WHERE NOT (isfinite(x) AND CAST(x AS REAL) > 0)) AS unfit;

-- name: unknown-products
-- Counting events on products the catalog does not know.
SELECT coalesce(sum(s.events), 0) AS events
FROM user_products AS s
WHERE NOT EXISTS (SELECT 1 FROM products AS p WHERE p.object_id = s.object_id);

-- name: multi-valued-fields
-- Fields in which a product has more than one value.
SELECT DISTINCT field
FROM (SELECT object_id, field FROM product_values GROUP BY object_id, field HAVING count(*) > 1)
ORDER BY field;
