-- Events as training counts them: those of nobody belong to the user whom their session, else their client, turned
-- out to be; identifications themselves are no behaviour.
CREATE VIEW joined_events AS
SELECT
  e.timestamp,
  coalesce(e.user_id, s.user_id, c.user_id) AS user_id,
  e.client_id,
  e.session_id,
  e.action_name,
  e.object_id,
  e.query
FROM dataset_events AS e
LEFT JOIN identities AS s
  ON s.kind = 'session' AND s.id = CASE WHEN e.user_id IS NULL THEN e.session_id END
  AND epoch_ms(e.timestamp) > s.after AND epoch_ms(e.timestamp) <= s.until
LEFT JOIN identities AS c
  ON c.kind = 'client' AND c.id = CASE WHEN e.user_id IS NULL THEN e.client_id END
  AND epoch_ms(e.timestamp) > c.after AND epoch_ms(e.timestamp) <= c.until
WHERE e.action_name <> 'identify'
