-- Each estimate looks for the next reading that is none.
SELECT meter_id, min(read_at) AS first_at, max(read_at) AS last_at, count(*) AS readings
FROM (
    SELECT e.meter_id, e.read_at,
           (SELECT min(o.read_at)
            FROM reading AS o
            WHERE o.meter_id = e.meter_id AND o.source <> 'estimate' AND o.read_at > e.read_at) AS broken_at
    FROM reading AS e
    WHERE e.source = 'estimate'
) AS open_run
GROUP BY meter_id, broken_at
HAVING count(*) >= 2
ORDER BY meter_id, first_at;
