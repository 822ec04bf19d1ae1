-- All outages are joined, and the figures look at the positive parts.
SELECT site_id, name, count(id) FILTER (WHERE part > 0) AS outages,
       coalesce(sum(part) FILTER (WHERE part > 0 AND id IS NOT NULL), 0)::bigint AS minutes
FROM (
    SELECT s.id AS site_id, s.name,
           extract(epoch FROM CASE WHEN o.ended_at < '2024-04-01 00:00+00' THEN o.ended_at ELSE '2024-04-01 00:00+00' END
                              - CASE WHEN o.started_at > '2024-03-01 00:00+00' THEN o.started_at ELSE '2024-03-01 00:00+00' END)
               / 60 AS part,
           o.id
    FROM site AS s
    LEFT JOIN outage AS o ON o.site_id = s.id
) AS parts
GROUP BY site_id, name
ORDER BY minutes DESC, site_id;
