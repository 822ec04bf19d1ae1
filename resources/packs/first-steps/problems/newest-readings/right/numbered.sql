-- The rows are numbered.
SELECT meter_id, read_at, value
FROM (
    SELECT meter_id, read_at, value, row_number() OVER (ORDER BY read_at DESC, meter_id) AS place
    FROM reading
) AS numbered
WHERE place <= 5
ORDER BY place;
