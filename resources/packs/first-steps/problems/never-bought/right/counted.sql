-- The lines are counted, and there are none.
SELECT p.id AS product_id, p.name
FROM product AS p
LEFT JOIN purchase_line AS l ON l.product_id = p.id
WHERE p.discontinued_on IS NULL
GROUP BY p.id, p.name
HAVING count(l.line_no) = 0;
