-- Two subqueries for each site.
SELECT s.id AS site_id, s.name,
       (SELECT count(*) FROM outage AS o
        WHERE o.site_id = s.id AND o.started_at < '2024-04-01 00:00+00'
          AND (o.ended_at IS NULL OR (o.ended_at > '2024-03-01 00:00+00' AND o.ended_at > o.started_at))) AS outages,
       (SELECT coalesce(sum(extract(epoch FROM least(o.ended_at, '2024-04-01 00:00+00'::timestamptz)
                                               - greatest(o.started_at, '2024-03-01 00:00+00'::timestamptz))), 0)::bigint / 60
        FROM outage AS o
        WHERE o.site_id = s.id AND o.started_at < '2024-04-01 00:00+00'
          AND (o.ended_at IS NULL OR o.ended_at > '2024-03-01 00:00+00')) AS minutes
FROM site AS s
ORDER BY minutes DESC, site_id;
