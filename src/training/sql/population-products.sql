-- What everyone's events give each product: the sum of people's, each never below 0.
CREATE TABLE population_products AS
SELECT item, scope, count(*) AS people, sum(worth) AS x
FROM signals
WHERE worth > 0
GROUP BY item, scope
