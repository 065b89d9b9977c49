-- People enough is known of to find tastes by: any $people of those with $events counting events or more.
CREATE TABLE taste_sample AS
SELECT person
FROM participation
WHERE scope = 0 AND events >= $events
ORDER BY hash(person), person
LIMIT $people
