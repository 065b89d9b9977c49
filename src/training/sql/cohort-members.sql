-- Who belongs to which cohort: the placeholder is made of the customer's attributes, null where none is known.
CREATE TABLE cohort_members AS
SELECT user_id, min({{cohort}}) AS cohort
FROM dataset_customers
WHERE {{cohort}} IS NOT NULL
GROUP BY user_id
