-- Beginnings are marked and counted.
WITH marked AS (
    SELECT meter_id, read_at, source,
           CASE WHEN source = lag(source) OVER (PARTITION BY meter_id ORDER BY read_at) THEN 0 ELSE 1 END AS begins
    FROM reading
),
numbered AS (
    SELECT meter_id, read_at, source, sum(begins) OVER (PARTITION BY meter_id ORDER BY read_at) AS run
    FROM marked
)
SELECT meter_id, min(read_at) AS first_at, max(read_at) AS last_at, count(*) AS readings
FROM numbered
WHERE source = 'estimate'
GROUP BY meter_id, run
HAVING count(*) > 1
ORDER BY 1, 2;
