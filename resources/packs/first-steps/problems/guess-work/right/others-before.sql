-- The run is known by how many other readings came before.
WITH numbered AS (
    SELECT meter_id, read_at, source,
           count(*) FILTER (WHERE source <> 'estimate') OVER (PARTITION BY meter_id ORDER BY read_at) AS others
    FROM reading
)
SELECT meter_id, min(read_at) AS first_at, max(read_at) AS last_at, count(*) AS readings
FROM numbered
WHERE source = 'estimate'
GROUP BY meter_id, others
HAVING count(*) >= 2
ORDER BY meter_id, first_at;
