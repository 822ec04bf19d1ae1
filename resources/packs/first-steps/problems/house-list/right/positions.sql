-- The sort keys are given by their places in the select list.
SELECT full_name, specialty, works_since
FROM practitioner
ORDER BY 3, 1;
