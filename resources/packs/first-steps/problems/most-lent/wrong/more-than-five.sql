-- Exactly five are too few.
SELECT tool_id, count(*) AS times, max(lent_on) AS last_lent
FROM loan
GROUP BY tool_id
HAVING count(*) > 5
ORDER BY times DESC, tool_id;
