-- A forgotten price is taken for 0.
SELECT id AS tool_id, name,
       CASE WHEN coalesce(price, 0) = 0 THEN 'gift' WHEN price <= 50 THEN 'small' WHEN price <= 200 THEN 'middling'
            WHEN price > 200 THEN 'dear' ELSE 'unknown' END AS band
FROM tool;
