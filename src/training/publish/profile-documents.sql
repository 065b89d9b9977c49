-- The profile documents of a training as JSON, a run of owners at a time.
-- reads: affinity_values, kept_fields, categories, category_separator, users, cohorts, participation, products,
--   item_categories, own_products, search_sums, population_products, product_totals, bought_with, next_clicks, transfer
-- {{affinities}}: individual_affinities, group_affinities, population_affinities
-- creates: profile_scopes

-- name: profile-scopes
-- Profiles of a run of owners as JSON, a row per owner and scope: values strongest first, totals before pruning.
-- {{affinities}} is one of the affinity tables, {{counts}} the text behind x: how many events it is made of.
-- Single precision is plenty and spares a third of the bytes.
CREATE OR REPLACE TEMP TABLE profile_scopes AS
WITH fields AS (
  SELECT
    a.owner,
    a.scope,
    any_value(v.field_json) AS field_json,
    any_value(v.is_band) AS is_band,
    CAST(sum(a.x) AS REAL) AS total,
    list_sort(list({'order': -CAST(a.x AS REAL), 'value': v.value_json, 'counts': {{counts}}})) AS strongest
  FROM {{affinities}} AS a
  JOIN affinity_values AS v ON v.value_id = a.value_id
  JOIN kept_fields AS k ON k.scope = a.scope AND k.field = v.field
  WHERE a.owner BETWEEN $first AND $last
  GROUP BY a.owner, a.scope, v.field
),
field_texts AS (
  SELECT
    owner,
    scope,
    concat('{"field":', field_json, CASE WHEN is_band THEN ',"bands":true' ELSE '' END, ',"total":', total, ',"values":[',
      array_to_string(
        list_transform(
          list_slice(strongest, 1, CASE WHEN scope = 0 THEN $all_products ELSE $in_category END),
          lambda entry: concat('[', entry.value, ',', -entry.order, entry.counts, ']')),
        ','),
      ']}') AS field
  FROM fields
)
SELECT
  f.owner,
  f.scope,
  concat('{"category":', coalesce(CAST(to_json(any_value(c.category)) AS VARCHAR), 'null'),
    ',"fields":[', array_to_string(list_sort(list(f.field)), ','), ']}') AS document
FROM field_texts AS f
JOIN categories AS c ON c.scope = f.scope
GROUP BY f.owner, f.scope;

-- name: individual-documents
-- One document a user: all scopes, single products and what was searched for without naming a category in it; a
-- user known by cohort alone has none of them.
SELECT
  u.user_id AS key,
  CAST(NULL AS VARCHAR) AS category,
  concat('{"kind":"individual","key":', to_json(u.user_id), ',"cohort":', coalesce(to_json(u.cohort), 'null'),
    ',"people":', CASE WHEN n.events > 0 THEN 1 ELSE 0 END, ',"events":', coalesce(n.events, 0),
    ',"scopes":[', coalesce(s.scopes, ''), '],"products":[', coalesce(o.products, ''),
    '],"searched":[', coalesce(q.searched, ''), ']}') AS document
FROM users AS u
LEFT JOIN participation AS n ON n.user_number = u.user_number AND n.scope = 0
LEFT JOIN (
  SELECT
    owner,
    array_to_string(
      list_transform(list_sort(list({'scope': scope, 'document': document})), lambda entry: entry.document),
      ',') AS scopes
  FROM profile_scopes
  GROUP BY owner
) AS s ON s.owner = u.user_number
LEFT JOIN (
  SELECT
    h.user_number,
    array_to_string(
      list_transform(
        list_sort(list({
          'order': -CAST(h.x AS REAL),
          'text': concat('[', to_json(p.object_id), ',', CAST(h.x AS REAL), ',', CAST(e.x AS REAL), ',',
            c.categories_json, ',', h.taken, ',', h.events, ']')})),
        lambda entry: entry.text),
      ',') AS products
  FROM own_products AS h
  JOIN products AS p ON p.item = h.item
  JOIN population_products AS e ON e.item = h.item
  JOIN item_categories AS c ON c.item = h.item
  WHERE h.user_number BETWEEN $first AND $last
  GROUP BY h.user_number
) AS o ON o.user_number = u.user_number
LEFT JOIN (
  SELECT
    s.user_number,
    array_to_string(
      list_transform(
        list_slice(
          list_sort(list({
            'order': -CAST(s.worth AS REAL),
            'text': concat('[', v.field_json, ',', v.value_json, ',', CAST(s.worth AS REAL), ']')})),
          1, 100),
        lambda entry: entry.text),
      ',') AS searched
  FROM search_sums AS s
  JOIN affinity_values AS v ON v.value_id = s.value_id
  WHERE s.scope = -1 AND CAST(s.worth AS REAL) > 0 AND s.user_number BETWEEN $first AND $last
  GROUP BY s.user_number
) AS q ON q.user_number = u.user_number
WHERE u.user_number BETWEEN $first AND $last;

-- name: group-documents
-- One document per cohort and scope.
SELECT
  c.cohort AS key,
  any_value(g.category) AS category,
  concat('{"kind":"group","key":', to_json(c.cohort), ',"people":', count(*), ',"events":', sum(n.events),
    ',"scopes":[', s.document, ']}') AS document
FROM profile_scopes AS s
JOIN cohorts AS c ON c.cohort_id = s.owner
JOIN categories AS g ON g.scope = s.scope
JOIN users AS u ON u.cohort = c.cohort
JOIN participation AS n ON n.user_number = u.user_number AND n.scope = s.scope
GROUP BY c.cohort, s.scope, s.document;

-- name: population-documents
-- One document per scope; in a category that was only searched for, products have no weight. That of all products
-- names the categories, and what is between their levels where they are paths, and says how far tastes carry over.
SELECT
  'all' AS key,
  any_value(g.category) AS category,
  concat('{"kind":"population","key":"all","people":', count(*), ',"events":', sum(n.events),
    ',"scopes":[', s.document, '],"assortment":{"total":', coalesce(any_value(CAST(t.total AS REAL)), 0),
    ',"products":', coalesce(any_value(t.products), 0), '}',
    CASE WHEN s.scope = 0 THEN
      concat(',"categories":',
        coalesce((SELECT to_json(list(category ORDER BY category)) FROM categories WHERE scope > 0), '[]'),
        coalesce((SELECT concat(',"separator":', to_json(separator)) FROM category_separator), ''),
        ',"transfer":[',
         coalesce((SELECT string_agg(concat('[', to_json(field), ',', strength, ']'), ',' ORDER BY field) FROM transfer), ''),
         ']')
    ELSE '' END,
    '}') AS document
FROM profile_scopes AS s
JOIN categories AS g ON g.scope = s.scope
JOIN participation AS n ON n.scope = s.scope
LEFT JOIN product_totals AS t ON t.scope = s.scope
GROUP BY s.scope, s.document;

-- name: product-documents
-- One document per product that has neighbours: `[object id, strength, the population's x]`, strongest first.
WITH neighbours AS (
  SELECT item, neighbour, strength, 'bought_with' AS kind FROM bought_with WHERE item BETWEEN $first AND $last
  UNION ALL
  SELECT item, neighbour, strength, 'next' FROM next_clicks WHERE item BETWEEN $first AND $last
),
texts AS (
  SELECT
    n.item,
    n.kind,
    array_to_string(
      list_transform(
        list_sort(list({
          'order': -CAST(n.strength AS REAL),
          'text': concat('[', to_json(o.object_id), ',', CAST(n.strength AS REAL), ',',
            CAST(coalesce(f.x, 0) AS REAL), ']')})),
        lambda entry: entry.text),
      ',') AS entries
  FROM neighbours AS n
  JOIN products AS o ON o.item = n.neighbour
  LEFT JOIN population_products AS f ON f.item = n.neighbour
  GROUP BY n.item, n.kind
)
SELECT
  any_value(p.object_id) AS key,
  CAST(NULL AS VARCHAR) AS category,
  concat('{"kind":"product","key":', to_json(any_value(p.object_id)), ',"people":', coalesce(any_value(e.users), 0),
    ',"events":0,"scopes":[],"neighbours":{"category":', to_json(any_value(c.category)),
    ',"bought_with":[', coalesce(max(t.entries) FILTER (WHERE t.kind = 'bought_with'), ''),
    '],"next":[', coalesce(max(t.entries) FILTER (WHERE t.kind = 'next'), ''), ']}}') AS document
FROM texts AS t
JOIN products AS p ON p.item = t.item
LEFT JOIN population_products AS e ON e.item = t.item
JOIN categories AS c ON c.scope = p.scope
GROUP BY t.item;
