-- Outages are cut to March in a CTE.
WITH cut AS (
    SELECT site_id, greatest(started_at, '2024-03-01 00:00+00') AS begins,
           least(coalesce(ended_at, '2024-04-01 00:00+00'), '2024-04-01 00:00+00') AS ends
    FROM outage
)
SELECT s.id AS site_id, s.name, count(c.begins) AS outages,
       coalesce(sum((extract(epoch FROM c.ends) - extract(epoch FROM c.begins)) / 60), 0)::bigint AS minutes
FROM site AS s
LEFT JOIN cut AS c ON c.site_id = s.id AND c.begins < c.ends
GROUP BY s.id, s.name
ORDER BY 4 DESC, 1;
