-- From the dearest down.
SELECT id AS tool_id, name,
       CASE
           WHEN price > 200 THEN 'dear'
           WHEN price > 50 THEN 'middling'
           WHEN price > 0 THEN 'small'
           WHEN price = 0 THEN 'gift'
           ELSE 'unknown'
       END AS band
FROM tool;
