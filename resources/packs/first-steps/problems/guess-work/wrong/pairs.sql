-- Each pair of neighbours is a run of its own.
SELECT meter_id, first_at, last_at, 2::bigint AS readings
FROM (
    SELECT meter_id, read_at AS first_at, source, lead(read_at) OVER w AS last_at, lead(source) OVER w AS next_source
    FROM reading
    WINDOW w AS (PARTITION BY meter_id ORDER BY read_at)
) AS neighbour
WHERE source = 'estimate' AND next_source = 'estimate'
ORDER BY meter_id, first_at;
