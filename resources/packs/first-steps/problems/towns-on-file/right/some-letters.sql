-- A town has at least one character.
SELECT DISTINCT town
FROM patient
WHERE length(town) > 0;
