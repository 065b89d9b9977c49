-- Cohorts under short numbers.
CREATE TABLE cohorts AS
SELECT CAST(row_number() OVER (ORDER BY cohort) AS INTEGER) AS cohort_id, cohort
FROM (SELECT DISTINCT cohort FROM people WHERE cohort IS NOT NULL)
