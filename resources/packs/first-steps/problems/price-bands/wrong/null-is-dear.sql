-- A forgotten price falls through to ELSE.
SELECT id AS tool_id, name,
       CASE WHEN price = 0 THEN 'gift' WHEN price <= 50 THEN 'small' WHEN price <= 200 THEN 'middling' ELSE 'dear' END AS band
FROM tool;
