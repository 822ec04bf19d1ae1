-- Loans that have not come back are not counted.
SELECT tool_id, count(returned_on) AS times, max(lent_on) AS last_lent
FROM loan
GROUP BY tool_id
HAVING count(returned_on) >= 5
ORDER BY times DESC, tool_id;
