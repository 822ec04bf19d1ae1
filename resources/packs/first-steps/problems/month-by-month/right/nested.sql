-- Months are summed inside and filtered outside.
SELECT month, journals, added
FROM (
    SELECT make_date(extract(year FROM j.booked_on)::integer, extract(month FROM j.booked_on)::integer, 1) AS month,
           count(DISTINCT j.id) AS journals, sum(e.amount) AS added
    FROM journal AS j, entry AS e
    WHERE e.journal_id = j.id AND e.amount > 0
    GROUP BY 1
) AS each_month
WHERE added >= 1000
ORDER BY month;
