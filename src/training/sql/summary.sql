-- What the run counted, how many documents it makes, and whether any number is unfit to publish.
WITH scopes_of_groups AS (
  SELECT DISTINCT a.owner, a.scope
  FROM group_affinities AS a
  JOIN affinity_values AS v ON v.value_id = a.value_id
  JOIN kept_fields AS k ON k.scope = a.scope AND k.field = v.field
)
SELECT
  (SELECT count(*) FROM participation WHERE scope = 0) AS people,
  (SELECT coalesce(sum(events), 0) FROM participation WHERE scope = 0) AS events,
  (SELECT count(*) FROM people) AS individuals,
  (SELECT count(*) FROM cohorts) AS cohorts,
  (SELECT count(*) FROM products) AS items,
  (SELECT count(*) FROM people)
    + (SELECT count(*) FROM (SELECT item FROM bought_with UNION SELECT item FROM next_clicks))
    + (SELECT count(*) FROM scopes_of_groups)
    + (SELECT count(DISTINCT scope) FROM kept_fields) AS documents,
  (SELECT count(*) > 0 FROM kept_fields WHERE scope = 0) AS comparable,
  (SELECT count(*) FROM individual_affinities WHERE NOT (isfinite(x) AND CAST(x AS REAL) > 0))
    + (SELECT count(*) FROM population_affinities WHERE NOT (isfinite(x) AND CAST(x AS REAL) > 0)) AS unfit
