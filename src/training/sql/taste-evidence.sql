-- What people's tastes are made of, a row per person and value, with all values of a field that tastes do not look
-- at as one. The placeholder says whose. Single precision, as profiles are published, hides in which order x was summed.
SELECT a.owner AS person, p.place, CAST(sum(a.x) AS REAL) AS x
FROM individual_affinities AS a
JOIN taste_places AS p ON p.value_id = a.value_id
WHERE a.scope = 0 AND a.owner {{people}}
GROUP BY a.owner, p.place
ORDER BY a.owner, p.place
