-- A group per town gives each once too.
SELECT town
FROM patient
WHERE town <> ''
GROUP BY town;
