-- Population: the sum of everyone's affinities.
CREATE TABLE population_affinities AS
SELECT 1 AS owner, scope, value_id, sum(x) AS x
FROM individual_affinities
GROUP BY scope, value_id
