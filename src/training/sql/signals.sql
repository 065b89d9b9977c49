-- What each person's events give each known product, in short numbers.
CREATE TABLE signals AS
SELECT u.person, p.item, p.scope, s.worth, s.events, s.taken, s.last_taken, s.taken_before, s.last_before
FROM person_products AS s
JOIN people AS u ON u.user_id = s.user_id
JOIN products AS p ON p.object_id = s.object_id
