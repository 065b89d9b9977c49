-- The log without what people did up to their erasure, also in visits that turned out to be theirs.
CREATE VIEW dataset_events AS
SELECT e.*
FROM recorded_events AS e
LEFT JOIN recorded_identities AS s
  ON s.kind = 'session' AND s.id = CASE WHEN e.user_id IS NULL THEN e.session_id END
  AND epoch_ms(e.timestamp) > s.after AND epoch_ms(e.timestamp) <= s.until
LEFT JOIN recorded_identities AS c
  ON c.kind = 'client' AND c.id = CASE WHEN e.user_id IS NULL THEN e.client_id END
  AND epoch_ms(e.timestamp) > c.after AND epoch_ms(e.timestamp) <= c.until
LEFT JOIN erased_people AS x
  ON x.user_id = coalesce(e.user_id, s.user_id, c.user_id) AND epoch_ms(e.timestamp) <= x.at
WHERE x.user_id IS NULL
