-- One document per product that has neighbours: `[object id, strength, everyone's x]`, strongest first.
SELECT
  any_value(p.object_id) AS key,
  CAST(NULL AS VARCHAR) AS category,
  concat('{"kind":"product","key":', to_json(any_value(p.object_id)), ',"people":', any_value(e.people),
    ',"events":0,"scopes":[],"neighbours":{"category":', to_json(any_value(c.category)), ',"bought_with":[',
    array_to_string(
      list_transform(
        list_sort(list({
          'order': -CAST(n.strength AS REAL),
          'text': concat('[', to_json(o.object_id), ',', CAST(n.strength AS REAL), ',', CAST(f.x AS REAL), ']')})),
        lambda entry: entry.text),
      ','),
    ']}}') AS document
FROM bought_with AS n
JOIN products AS p ON p.item = n.item
JOIN population_products AS e ON e.item = n.item
JOIN categories AS c ON c.scope = p.scope
JOIN products AS o ON o.item = n.neighbour
JOIN population_products AS f ON f.item = n.neighbour
WHERE n.item BETWEEN $first AND $last
GROUP BY n.item
