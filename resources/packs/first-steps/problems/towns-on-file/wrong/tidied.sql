-- The spellings are made one.
SELECT DISTINCT initcap(trim(town)) AS town
FROM patient
WHERE town <> '';
