-- One document per cohort and scope.
SELECT
  c.cohort AS key,
  any_value(g.category) AS category,
  concat('{"kind":"group","key":', to_json(c.cohort), ',"people":', count(*), ',"events":', sum(n.events),
    ',"scopes":[', s.document, ']}') AS document
FROM profile_scopes AS s
JOIN cohorts AS c ON c.cohort_id = s.owner
JOIN categories AS g ON g.scope = s.scope
JOIN people AS u ON u.cohort = c.cohort
JOIN participation AS n ON n.person = u.person AND n.scope = s.scope
GROUP BY c.cohort, s.scope, s.document
