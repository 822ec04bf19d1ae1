#include "large_queries.h"

namespace sqlgym::bench {

namespace {

// SQLite has no hash joins: where there is no key it is asked in the way that lets it make an index of its own.
constexpr LargeQuery kQueries[] = {
    {"join two", false,
     "SELECT o.id, c.name, o.amount FROM orders o JOIN customers c ON c.id = o.customer_id "
     "WHERE o.status = 'returned' AND c.city = 'Oslo'",
     nullptr},
    {"join three", true,
     "SELECT p.category, c.city, count(*), sum(o.amount), max(o.quantity) FROM orders o "
     "JOIN customers c ON c.id = o.customer_id JOIN products p ON p.id = o.product_id "
     "GROUP BY p.category, c.city ORDER BY p.category, c.city NULLS LAST",
     nullptr},
    {"left join", true,
     "SELECT c.id, c.name, count(e.kind), max(e.at) FROM customers c "
     "LEFT JOIN events e ON e.customer_id = c.id AND e.kind = 'refund' GROUP BY c.id, c.name ORDER BY c.id",
     nullptr},
    {"few groups", true,
     "SELECT status, count(*), count(coupon), sum(amount), round(avg(quantity), 1), min(placed_at), max(placed_at) "
     "FROM orders GROUP BY status ORDER BY status",
     nullptr},
    {"many groups", false,
     "SELECT customer_id, count(*), sum(amount), max(placed_at) FROM orders GROUP BY customer_id "
     "HAVING count(*) > 5 AND sum(amount) > 5000",
     nullptr},
    {"count distinct", true,
     "SELECT kind, count(DISTINCT customer_id), count(DISTINCT day), count(*) FROM events GROUP BY kind ORDER BY kind",
     nullptr},
    {"window ranks", false,
     "SELECT customer_id, id, amount, rn, rk FROM (SELECT customer_id, id, amount, "
     "row_number() OVER (PARTITION BY customer_id ORDER BY placed_at, id) AS rn, "
     "rank() OVER (PARTITION BY customer_id ORDER BY amount DESC) AS rk FROM orders) t WHERE rn = 1 AND rk <= 3",
     nullptr},
    {"window running", false,
     "SELECT id, customer_id, sum(amount) OVER w, lag(placed_at) OVER w, count(*) OVER w FROM orders "
     "WHERE status = 'paid' WINDOW w AS (PARTITION BY customer_id ORDER BY placed_at, id)",
     nullptr},
    {"sort all", true,
     "SELECT id, customer_id, amount, placed_at, status FROM orders ORDER BY status, amount DESC, placed_at, id",
     nullptr},
    {"top n", true, "SELECT id, amount, placed_at, coupon FROM orders ORDER BY amount DESC, id LIMIT 100", nullptr},
    {"correlated", false,
     "SELECT o.id, o.amount, (SELECT max(e.at) FROM events e WHERE e.customer_id = o.customer_id AND e.kind = 'visit') "
     "FROM orders o WHERE o.coupon = 'C7' AND o.amount > 1.5 * "
     "(SELECT avg(x.amount) FROM orders x WHERE x.product_id = o.product_id AND x.status = o.status)",
     "WITH last (customer_id, at) AS MATERIALIZED "
     "(SELECT customer_id, max(at) FROM events WHERE kind = 'visit' GROUP BY customer_id) "
     "SELECT o.id, o.amount, (SELECT at FROM last WHERE last.customer_id = o.customer_id) "
     "FROM orders o WHERE o.coupon = 'C7' AND o.amount > 1.5 * "
     "(SELECT avg(x.amount) FROM orders x WHERE x.product_id = o.product_id AND x.status = o.status)"},
    {"exists and in", false,
     "SELECT c.id, c.name FROM customers c "
     "WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.quantity > 5) "
     "AND NOT EXISTS (SELECT 1 FROM events e WHERE e.customer_id = c.id AND e.kind = 'refund') "
     "AND c.id IN (SELECT customer_id FROM events WHERE kind = 'purchase')",
     "SELECT c.id, c.name FROM customers c "
     "WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.quantity > 5) "
     "AND c.id NOT IN (SELECT customer_id FROM events WHERE kind = 'refund' AND customer_id IS NOT NULL) "
     "AND c.id IN (SELECT customer_id FROM events WHERE kind = 'purchase')"},
    {"union", false,
     "SELECT customer_id, day FROM events WHERE kind <> 'visit' UNION "
     "SELECT customer_id, CAST(placed_at AS date) FROM orders WHERE quantity > 3",
     "SELECT customer_id, day FROM events WHERE kind <> 'visit' UNION "
     "SELECT customer_id, substr(placed_at, 1, 10) FROM orders WHERE quantity > 3"},
    {"self-join", false,
     "SELECT a.customer_id, a.at, b.at FROM events a JOIN events b ON b.customer_id = a.customer_id "
     "AND b.at > a.at AND b.at <= a.at + interval '7 days' WHERE a.kind = 'basket' AND b.kind = 'purchase'",
     "SELECT a.customer_id, a.at, b.at FROM events a JOIN events b ON b.customer_id = a.customer_id "
     "AND b.at > a.at AND b.at <= datetime(a.at, '+7 days') WHERE a.kind = 'basket' AND b.kind = 'purchase'"},
};

} // namespace

std::span<const LargeQuery> largeQueries() { return kQueries; }

} // namespace sqlgym::bench
