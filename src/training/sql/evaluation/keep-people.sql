-- Leaves of a table only the rows of the people asked for, by its column of person numbers.
DELETE FROM {{table}}
WHERE {{person}} NOT IN (
  SELECT person FROM people WHERE user_id IN (SELECT unnest(from_json($users, '["VARCHAR"]')))
)
