-- Spans are intersected as ranges.
WITH part AS (
    SELECT site_id, tstzrange(started_at, ended_at) * tstzrange('2024-03-01 00:00+00', '2024-04-01 00:00+00') AS span
    FROM outage
)
SELECT s.id AS site_id, s.name, count(p.span) AS outages,
       coalesce(sum(extract(epoch FROM upper(p.span) - lower(p.span)) / 60), 0)::bigint AS minutes
FROM site AS s
LEFT JOIN part AS p ON p.site_id = s.id AND NOT isempty(p.span)
GROUP BY s.id, s.name
ORDER BY minutes DESC, s.id;
