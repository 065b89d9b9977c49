-- The highest number of a person with affinities.
SELECT coalesce(max(owner), 0) AS last FROM individual_affinities
