-- All pairs of products, and a subquery that counts.
SELECT product_a, product_b, orders
FROM (
    SELECT pa.name AS product_a, pb.name AS product_b,
           (SELECT count(DISTINCT a.purchase_id)
            FROM purchase_line AS a
            JOIN purchase_line AS b ON b.purchase_id = a.purchase_id
            WHERE a.product_id = pa.id AND b.product_id = pb.id) AS orders
    FROM product AS pa
    JOIN product AS pb ON pa.id < pb.id
) AS pairs
WHERE orders >= 3;
