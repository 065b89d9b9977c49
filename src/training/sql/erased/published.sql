-- Who of the published people was erased meanwhile.
SELECT user_id FROM people WHERE sha256(user_id) IN (SELECT unnest($hashes))
