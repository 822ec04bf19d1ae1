-- Runs are walked from their first reading on.
WITH RECURSIVE placed AS (
    SELECT meter_id, read_at, source, row_number() OVER (PARTITION BY meter_id ORDER BY read_at) AS place
    FROM reading
),
walk AS (
    SELECT p.meter_id, p.read_at AS first_at, p.read_at AS last_at, p.place, 1::bigint AS readings
    FROM placed AS p
    LEFT JOIN placed AS b ON b.meter_id = p.meter_id AND b.place = p.place - 1
    WHERE p.source = 'estimate' AND b.source IS DISTINCT FROM 'estimate'
    UNION ALL
    SELECT w.meter_id, w.first_at, p.read_at, p.place, w.readings + 1
    FROM walk AS w
    JOIN placed AS p ON p.meter_id = w.meter_id AND p.place = w.place + 1 AND p.source = 'estimate'
)
SELECT meter_id, first_at, max(last_at) AS last_at, max(readings) AS readings
FROM walk
GROUP BY meter_id, first_at
HAVING max(readings) >= 2
ORDER BY meter_id, first_at;
