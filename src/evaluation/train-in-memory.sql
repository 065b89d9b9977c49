-- Leaves of the training's tables only the users who are judged; the population and the cohorts are made of all.
-- reads: users
-- changes: individual_affinities, own_products, users

-- name: keep-affinities
DELETE FROM individual_affinities
WHERE owner NOT IN (
  SELECT user_number FROM users WHERE user_id IN (SELECT unnest(from_json($users, '["VARCHAR"]')))
);

-- name: keep-own-products
DELETE FROM own_products
WHERE user_number NOT IN (
  SELECT user_number FROM users WHERE user_id IN (SELECT unnest(from_json($users, '["VARCHAR"]')))
);

-- name: keep-users
-- Last, as the others ask it for numbers.
DELETE FROM users
WHERE user_id NOT IN (SELECT unnest(from_json($users, '["VARCHAR"]')));
