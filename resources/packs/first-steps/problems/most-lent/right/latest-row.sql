-- The latest loan of each tool, with a count beside it.
SELECT l.tool_id, (SELECT count(*) FROM loan AS c WHERE c.tool_id = l.tool_id) AS times, l.lent_on AS last_lent
FROM (SELECT DISTINCT ON (tool_id) tool_id, lent_on FROM loan ORDER BY tool_id, lent_on DESC) AS l
WHERE (SELECT count(*) FROM loan AS c WHERE c.tool_id = l.tool_id) >= 5
ORDER BY 2 DESC, 1;
