-- What the held-out training sees of them.
CREATE VIEW dataset_events AS
SELECT * FROM dataset_all_events WHERE epoch_ms(timestamp) < {{cut}}
