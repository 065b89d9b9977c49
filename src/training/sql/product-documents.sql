-- One document per product that has neighbours: `[object id, strength, everyone's x]`, strongest first.
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
  concat('{"kind":"product","key":', to_json(any_value(p.object_id)), ',"people":', coalesce(any_value(e.people), 0),
    ',"events":0,"scopes":[],"neighbours":{"category":', to_json(any_value(c.category)),
    ',"bought_with":[', coalesce(max(t.entries) FILTER (WHERE t.kind = 'bought_with'), ''),
    '],"next":[', coalesce(max(t.entries) FILTER (WHERE t.kind = 'next'), ''), ']}}') AS document
FROM texts AS t
JOIN products AS p ON p.item = t.item
LEFT JOIN population_products AS e ON e.item = t.item
JOIN categories AS c ON c.scope = p.scope
GROUP BY t.item
