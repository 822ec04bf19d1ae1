-- What came back is taken away.
WITH late AS (
    SELECT id, tool_id, due_on FROM loan WHERE due_on <= DATE '2024-02-29'
    EXCEPT
    SELECT id, tool_id, due_on FROM loan WHERE returned_on IS NOT NULL
)
SELECT id, tool_id, due_on, DATE '2024-03-01' - due_on
FROM late
ORDER BY 4 DESC, 1;
