-- Sorted by places, counted over a column that is never NULL.
SELECT tool_id, count(lent_on), max(lent_on)
FROM loan
GROUP BY 1
HAVING NOT count(*) < 5
ORDER BY 2 DESC, 1;
