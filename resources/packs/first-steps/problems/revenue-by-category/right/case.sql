-- CASE instead of coalesce and nullif.
SELECT CASE WHEN p.category IS NULL OR p.category = '' THEN 'unsorted' ELSE p.category END AS category,
       count(DISTINCT p.id) AS products,
       sum(coalesce(l.quantity, 0)) AS pieces,
       sum(coalesce(l.quantity * l.unit_price, 0)) AS revenue
FROM product AS p
LEFT JOIN purchase_line AS l ON p.id = l.product_id
GROUP BY 1
ORDER BY revenue DESC, category;
