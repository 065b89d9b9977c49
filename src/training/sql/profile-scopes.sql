-- Profiles of a run of owners as JSON, a row per owner and scope: values strongest first, totals before pruning.
-- The placeholder is one of the affinity tables. Single precision is plenty and spares a third of the bytes.
CREATE OR REPLACE TEMP TABLE profile_scopes AS
WITH fields AS (
  SELECT
    a.owner,
    a.scope,
    any_value(v.field_json) AS field_json,
    any_value(v.is_band) AS is_band,
    CAST(sum(a.x) AS REAL) AS total,
    list_sort(list({'order': -CAST(a.x AS REAL), 'value': v.value_json})) AS strongest
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
          lambda entry: concat('[', entry.value, ',', -entry.order, ']')),
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
GROUP BY f.owner, f.scope
