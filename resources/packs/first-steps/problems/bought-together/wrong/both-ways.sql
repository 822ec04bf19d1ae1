-- Each pair is listed in both directions.
SELECT pa.name AS product_a, pb.name AS product_b, count(DISTINCT a.purchase_id) AS orders
FROM purchase_line AS a
JOIN purchase_line AS b ON b.purchase_id = a.purchase_id AND b.product_id <> a.product_id
JOIN product AS pa ON pa.id = a.product_id
JOIN product AS pb ON pb.id = b.product_id
GROUP BY pa.id, pa.name, pb.id, pb.name
HAVING count(DISTINCT a.purchase_id) >= 3;
