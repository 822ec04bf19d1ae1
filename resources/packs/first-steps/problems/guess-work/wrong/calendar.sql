-- A day without a reading breaks the run.
SELECT meter_id, min(read_at) AS first_at, max(read_at) AS last_at, count(*) AS readings
FROM (
    SELECT meter_id, read_at,
           read_at::date - (row_number() OVER (PARTITION BY meter_id ORDER BY read_at))::integer AS run
    FROM reading
    WHERE source = 'estimate'
) AS numbered
GROUP BY meter_id, run
HAVING count(*) >= 2
ORDER BY meter_id, first_at;
