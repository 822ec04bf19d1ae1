-- Equally often lent tools are sorted by day.
SELECT tool_id, count(*) AS times, max(lent_on) AS last_lent
FROM loan
GROUP BY tool_id
HAVING count(*) >= 5
ORDER BY times DESC, last_lent DESC, tool_id;
