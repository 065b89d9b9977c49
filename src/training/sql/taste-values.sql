-- Everyone's x of every value in all products.
SELECT a.value_id, v.field, v.value, CAST(a.x AS REAL) AS x
FROM population_affinities AS a
JOIN affinity_values AS v ON v.value_id = a.value_id
WHERE a.scope = 0
ORDER BY v.field, v.value
