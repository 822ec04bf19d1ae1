-- The bands are a table of their own.
SELECT t.id AS tool_id, t.name, coalesce(b.band, 'unknown') AS band
FROM tool AS t
LEFT JOIN (VALUES ('gift', -1, 0), ('small', 0, 50), ('middling', 50, 200), ('dear', 200, 99999999)) AS b(band, above, up_to)
       ON t.price > b.above AND t.price <= b.up_to;
