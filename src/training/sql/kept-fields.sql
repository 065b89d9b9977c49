-- Fields worth publishing in a scope: one in which everybody has the same value tells no product from another.
CREATE TABLE kept_fields AS
SELECT p.scope, v.field
FROM population_affinities AS p
JOIN affinity_values AS v ON v.value_id = p.value_id
GROUP BY p.scope, v.field
HAVING count(*) > 1
