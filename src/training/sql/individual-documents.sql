-- One document a person: all scopes, single products and what was searched for without naming a category in it; a
-- person known by cohort alone has none of them.
SELECT
  u.user_id AS key,
  CAST(NULL AS VARCHAR) AS category,
  concat('{"kind":"individual","key":', to_json(u.user_id), ',"cohort":', coalesce(to_json(u.cohort), 'null'),
    ',"people":', CASE WHEN n.events > 0 THEN 1 ELSE 0 END, ',"events":', coalesce(n.events, 0),
    ',"scopes":[', coalesce(s.scopes, ''), '],"products":[', coalesce(o.products, ''),
    '],"searched":[', coalesce(q.searched, ''), ']}') AS document
FROM people AS u
LEFT JOIN participation AS n ON n.person = u.person AND n.scope = 0
LEFT JOIN (
  SELECT
    owner,
    array_to_string(
      list_transform(list_sort(list({'scope': scope, 'document': document})), lambda entry: entry.document),
      ',') AS scopes
  FROM profile_scopes
  GROUP BY owner
) AS s ON s.owner = u.person
LEFT JOIN (
  SELECT
    h.person,
    array_to_string(
      list_transform(
        list_sort(list({
          'order': -CAST(h.x AS REAL),
          'text': concat('[', to_json(p.object_id), ',', CAST(h.x AS REAL), ',', CAST(e.x AS REAL), ',',
            coalesce(CAST(to_json(c.category) AS VARCHAR), 'null'), ']')})),
        lambda entry: entry.text),
      ',') AS products
  FROM own_products AS h
  JOIN products AS p ON p.item = h.item
  JOIN population_products AS e ON e.item = h.item
  JOIN categories AS c ON c.scope = h.scope
  WHERE h.person BETWEEN $first AND $last
  GROUP BY h.person
) AS o ON o.person = u.person
LEFT JOIN (
  SELECT
    s.person,
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
  WHERE s.scope = -1 AND CAST(s.worth AS REAL) > 0 AND s.person BETWEEN $first AND $last
  GROUP BY s.person
) AS q ON q.person = u.person
WHERE u.person BETWEEN $first AND $last
