-- How long a log is, and how many events and people (anonymous ones by client or session) are in the window.
SELECT
  epoch_ms(min(timestamp)) AS oldest,
  count(*) AS events,
  approx_count_distinct(coalesce(user_id, client_id, session_id)) AS people
FROM joined_events
WHERE epoch_ms(timestamp) BETWEEN $since AND $as_of
