-- BETWEEN with whole numbers leaves gaps, and 50.50 is in none of the bands.
SELECT id AS tool_id, name,
       CASE WHEN price IS NULL THEN 'unknown' WHEN price = 0 THEN 'gift' WHEN price BETWEEN 1 AND 50 THEN 'small'
            WHEN price BETWEEN 51 AND 200 THEN 'middling' ELSE 'dear' END AS band
FROM tool;
