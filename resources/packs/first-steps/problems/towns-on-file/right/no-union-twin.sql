-- A set operation drops doubles, and the empty text is taken out of the set.
SELECT town
FROM patient
WHERE town IS NOT NULL
EXCEPT
SELECT '';
