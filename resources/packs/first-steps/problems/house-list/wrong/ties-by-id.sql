-- People who came on one day are sorted by id.
SELECT full_name, specialty, works_since
FROM practitioner
ORDER BY works_since, id;
