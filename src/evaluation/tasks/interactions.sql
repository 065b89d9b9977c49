-- The interactions that are judged, the products they are judged among, and what users had before the cut.
-- reads: dataset_all_events, dataset_products, product_values, product_categories
-- creates: interactions, assortment

-- name: interactions
-- What is judged and what popularity counts: every (user, basket, product) once, at its first moment.
-- A basket is a session; an event without one is in a basket of its own moment. {{actions}} is a list of action names.
CREATE TABLE interactions AS
SELECT
  user_id,
  coalesce(session_id, CAST(timestamp AS VARCHAR)) AS basket,
  object_id,
  epoch_ms(min(timestamp)) AS time
FROM dataset_all_events
WHERE action_name IN ({{actions}})
  AND epoch_ms(timestamp) < $until
  AND object_id IN (SELECT object_id FROM dataset_products)
GROUP BY 1, 2, 3;

-- name: assortment
-- Products under numbers from 0 in the order of their ids, with the popularity a shop would rank by at the cut:
-- interactions decayed with a half-life of 28 days + .02 × interactions of the last 26 weeks + .01.
CREATE TABLE assortment AS
SELECT
  CAST(row_number() OVER (ORDER BY p.object_id) - 1 AS INTEGER) AS item,
  p.object_id,
  round(coalesce(i.decayed + 0.02 * i.recent, 0) + 0.01, 9) AS popularity,
  coalesce(i.recent, 0) > 0 AS sold
FROM dataset_products AS p
LEFT JOIN (
  SELECT
    object_id,
    sum(pow(0.5, ($cut - time) / 86400000.0 / 28)) AS decayed,
    count(*) FILTER (WHERE time >= $cut - 182 * 86400000::BIGINT) AS recent
  FROM interactions
  WHERE time < $cut
  GROUP BY object_id
) AS i ON i.object_id = p.object_id;

-- name: assortment-products
-- Products in the order of their numbers, with their categories and what they have in the model's fields.
SELECT a.object_id, c.categories, a.popularity, a.sold, v.pairs
FROM assortment AS a
LEFT JOIN (
  SELECT object_id, list([field, value]) AS pairs FROM product_values GROUP BY object_id
) AS v ON v.object_id = a.object_id
LEFT JOIN (
  SELECT object_id, list(category ORDER BY category) AS categories FROM product_categories GROUP BY object_id
) AS c ON c.object_id = a.object_id
ORDER BY a.item;

-- name: histories
-- What each owner (of $owners, or all) had before the cut, with decayed counts; {{owner}} makes owners of users or of
-- baskets.
-- Rounded, as sums in another order differ in their last digits, and what was bought together must tie.
SELECT owner, list(item ORDER BY item) AS items, list(worth ORDER BY item) AS worths
FROM (
  SELECT
    {{owner}} AS owner,
    a.item,
    round(sum(pow(0.5, ($cut - i.time) / 86400000.0 / $half_life)), 9) AS worth
  FROM interactions AS i
  JOIN assortment AS a ON a.object_id = i.object_id
  WHERE i.time < $cut
  GROUP BY 1, 2
)
WHERE owner IS NOT NULL AND ($owners IS NULL OR owner IN (SELECT unnest(from_json($owners, '["VARCHAR"]'))))
GROUP BY owner
ORDER BY owner;
