-- Journals are summed before months.
WITH plus AS (
    SELECT journal_id, sum(amount) AS added
    FROM entry
    WHERE amount > 0
    GROUP BY journal_id
)
SELECT (j.booked_on - extract(day FROM j.booked_on)::integer + 1) AS month, count(*) AS journals, sum(p.added) AS added
FROM plus AS p
JOIN journal AS j ON j.id = p.journal_id
GROUP BY 1
HAVING NOT sum(p.added) < 1000
ORDER BY 1;
