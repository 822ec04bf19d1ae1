-- Small is asked for before gift, and 0 is up to 50.
SELECT id AS tool_id, name,
       CASE WHEN price IS NULL THEN 'unknown' WHEN price <= 50 THEN 'small' WHEN price = 0 THEN 'gift'
            WHEN price <= 200 THEN 'middling' ELSE 'dear' END AS band
FROM tool;
