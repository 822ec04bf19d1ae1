-- Outages without an end are lost.
SELECT s.id AS site_id, s.name, count(o.id) AS outages,
       coalesce(sum(extract(epoch FROM least(o.ended_at, '2024-04-01 00:00+00') - greatest(o.started_at, '2024-03-01 00:00+00')) / 60) FILTER (WHERE o.id IS NOT NULL), 0)::bigint AS minutes
FROM site AS s
LEFT JOIN outage AS o ON o.site_id = s.id
                     AND o.started_at < '2024-04-01 00:00+00'
                     AND o.ended_at > greatest(o.started_at, '2024-03-01 00:00+00')
GROUP BY s.id, s.name
ORDER BY minutes DESC, site_id;
