-- One document a person, all scopes in it; a person known by cohort alone has none.
SELECT
  u.user_id AS key,
  CAST(NULL AS VARCHAR) AS category,
  concat('{"kind":"individual","key":', to_json(u.user_id), ',"cohort":', coalesce(to_json(u.cohort), 'null'),
    ',"people":', CASE WHEN n.events > 0 THEN 1 ELSE 0 END, ',"events":', coalesce(n.events, 0),
    ',"scopes":[', coalesce(s.scopes, ''), ']}') AS document
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
WHERE u.person BETWEEN $first AND $last
