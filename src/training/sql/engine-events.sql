-- Events copied from the event index, in the shape of a dataset's; unreadable times are null and do not count.
CREATE OR REPLACE VIEW dataset_events AS
SELECT epoch_ms(CAST(time AS BIGINT)) AS timestamp, user_id, client_id, session_id, action_name, object_id, query
FROM engine_events
