-- Members are counted instead of loans.
SELECT tool_id, count(DISTINCT member_id) AS times, max(lent_on) AS last_lent
FROM loan
GROUP BY tool_id
HAVING count(DISTINCT member_id) >= 5
ORDER BY times DESC, tool_id;
