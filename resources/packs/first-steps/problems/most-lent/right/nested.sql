-- Counted inside, filtered outside.
SELECT tool_id, times, last_lent
FROM (SELECT tool_id, count(id) AS times, max(lent_on) AS last_lent FROM loan GROUP BY tool_id) AS counted
WHERE times > 4
ORDER BY times DESC, tool_id;
