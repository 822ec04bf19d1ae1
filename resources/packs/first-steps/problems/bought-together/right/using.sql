-- Joined with USING.
SELECT pa.name, pb.name, count(DISTINCT purchase_id)
FROM purchase_line AS a
JOIN purchase_line AS b USING (purchase_id)
JOIN product AS pa ON pa.id = least(a.product_id, b.product_id)
JOIN product AS pb ON pb.id = greatest(a.product_id, b.product_id)
WHERE a.product_id <> b.product_id
GROUP BY pa.id, pb.id
HAVING count(DISTINCT purchase_id) >= 3;
