-- Prices of exactly 50 and 200 fall into the next band.
SELECT id AS tool_id, name,
       CASE WHEN price IS NULL THEN 'unknown' WHEN price = 0 THEN 'gift' WHEN price < 50 THEN 'small'
            WHEN price < 200 THEN 'middling' ELSE 'dear' END AS band
FROM tool;
