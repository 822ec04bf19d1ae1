-- A product on two lines is its own partner.
SELECT pa.name AS product_a, pb.name AS product_b, count(DISTINCT a.purchase_id) AS orders
FROM purchase_line AS a
JOIN purchase_line AS b ON b.purchase_id = a.purchase_id AND b.line_no > a.line_no
JOIN product AS pa ON pa.id = least(a.product_id, b.product_id)
JOIN product AS pb ON pb.id = greatest(a.product_id, b.product_id)
GROUP BY pa.id, pa.name, pb.id, pb.name
HAVING count(DISTINCT a.purchase_id) >= 3;
