-- The highest number of a person with affinities, and how many people have $events counting events or more.
SELECT
  (SELECT coalesce(max(owner), 0) FROM individual_affinities) AS last,
  (SELECT count(*) FROM participation WHERE scope = 0 AND events >= $events) AS known
