-- Which products are asked for by their own name, and by whom: samples that are the same in every run.
-- reads: dataset_products, individual_affinities, users

-- name: products
SELECT to_json(p) AS product
FROM dataset_products AS p
WHERE title <> ''
ORDER BY md5(object_id), object_id
LIMIT $count;

-- name: users
-- Those with a history of their own.
SELECT user_id
FROM users
WHERE user_number IN (SELECT owner FROM individual_affinities)
ORDER BY md5(user_id), user_id
LIMIT $count;
