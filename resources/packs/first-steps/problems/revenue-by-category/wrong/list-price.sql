-- Today's list price is taken instead of what was paid.
SELECT coalesce(nullif(p.category, ''), 'unsorted') AS category, count(DISTINCT p.id) AS products,
       coalesce(sum(l.quantity), 0) AS pieces, coalesce(sum(l.quantity * p.price), 0) AS revenue
FROM product AS p
LEFT JOIN purchase_line AS l ON l.product_id = p.id
GROUP BY 1
ORDER BY revenue DESC, category;
