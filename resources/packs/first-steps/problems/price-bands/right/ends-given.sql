-- Each band says both of its ends.
SELECT id AS tool_id, name,
       CASE
           WHEN price = 0 THEN 'gift'
           WHEN price > 0 AND price <= 50 THEN 'small'
           WHEN price > 50 AND price <= 200 THEN 'middling'
           WHEN price > 200 THEN 'dear'
           ELSE 'unknown'
       END AS band
FROM tool;
