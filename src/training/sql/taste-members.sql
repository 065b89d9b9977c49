-- Everyone whose taste is known belongs to its cohort.
UPDATE people SET cohort = m.cohort FROM taste_members AS m WHERE m.person = people.person
