-- Counted over windows, each tool once.
SELECT DISTINCT tool_id, times, last_lent
FROM (
    SELECT tool_id, count(*) OVER (PARTITION BY tool_id) AS times, max(lent_on) OVER (PARTITION BY tool_id) AS last_lent
    FROM loan
) AS counted
WHERE times >= 5
ORDER BY times DESC, tool_id;
