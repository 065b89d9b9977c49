-- Products of one category that the same people have, above chance: (n_iv − n_i·n_v/R)⁺ / (n_i + 20), R the people
-- of the category; pairs of at least two people, the 20 strongest of each product. A person counts with the 100
-- products that matter most to them in a category, which bounds the pairs. $wanted 0 leaves it empty.
CREATE TABLE bought_with AS
WITH has AS (
  SELECT person, scope, item
  FROM (
    SELECT person, scope, item, row_number() OVER (PARTITION BY person, scope ORDER BY worth DESC, item) AS place
    FROM signals
    WHERE worth > 0 AND scope <> 0
  )
  WHERE place <= 100 AND $wanted = 1
),
people_of_item AS (SELECT item, count(*) AS people FROM has GROUP BY item),
people_of_scope AS (SELECT scope, count(DISTINCT person) AS people FROM has GROUP BY scope),
pairs AS (
  SELECT a.scope, a.item, b.item AS neighbour, count(*) AS people
  FROM has AS a
  JOIN has AS b ON b.person = a.person AND b.scope = a.scope AND b.item <> a.item
  GROUP BY a.scope, a.item, b.item
  HAVING count(*) >= 2
),
strengths AS (
  SELECT
    p.item,
    p.neighbour,
    (p.people - i.people * n.people / CAST(s.people AS DOUBLE)) / (i.people + 20) AS strength
  FROM pairs AS p
  JOIN people_of_item AS i ON i.item = p.item
  JOIN people_of_item AS n ON n.item = p.neighbour
  JOIN people_of_scope AS s ON s.scope = p.scope
)
SELECT item, neighbour, strength
FROM (
  SELECT *, row_number() OVER (PARTITION BY item ORDER BY strength DESC, neighbour) AS place
  FROM strengths
  WHERE strength > 0
)
WHERE place <= 20
