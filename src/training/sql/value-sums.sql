-- Signed sums per person, category and value: all products are their sum over categories, still unclamped.
CREATE TABLE value_sums AS
SELECT s.person, v.scope, v.value_id, bool_and(v.in_all) AS in_all, sum(s.worth) AS worth
FROM signals AS s
JOIN item_values AS v ON v.item = s.item
GROUP BY s.person, v.scope, v.value_id
