-- One query for each band.
SELECT id AS tool_id, name, 'unknown' AS band FROM tool WHERE price IS NULL
UNION ALL
SELECT id, name, 'gift' FROM tool WHERE price = 0
UNION ALL
SELECT id, name, 'small' FROM tool WHERE price > 0 AND price <= 50
UNION ALL
SELECT id, name, 'middling' FROM tool WHERE price > 50 AND price <= 200
UNION ALL
SELECT id, name, 'dear' FROM tool WHERE price > 200;
