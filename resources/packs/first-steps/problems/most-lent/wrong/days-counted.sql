-- Two loans on one day count once.
SELECT tool_id, count(DISTINCT lent_on) AS times, max(lent_on) AS last_lent
FROM loan
GROUP BY tool_id
HAVING count(DISTINCT lent_on) >= 5
ORDER BY times DESC, tool_id;
