-- All events of a share of the people, drawn by the hash of their id: as many of a million as $people_of_million. Whose
-- events are whose is known by now.
CREATE TABLE dataset_all_events AS
SELECT *
FROM main.joined_events
WHERE epoch_ms(timestamp) BETWEEN $since AND $as_of
  AND hash(coalesce(user_id, client_id, session_id)) % 1000000 < $people_of_million
