-- Nothing sold is NULL instead of 0.
SELECT coalesce(nullif(p.category, ''), 'unsorted') AS category, count(DISTINCT p.id) AS products,
       sum(l.quantity) AS pieces, sum(l.quantity * l.unit_price) AS revenue
FROM product AS p
LEFT JOIN purchase_line AS l ON l.product_id = p.id
GROUP BY 1
ORDER BY revenue DESC NULLS LAST, category;
