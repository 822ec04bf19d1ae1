// Which SQL constructs a query uses, decided on its parse tree.
#pragma once

#include "content/problem.h"
#include "sql/parse.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::grading {

/// The constructs of all statements, anywhere in them, by the names that ValidationRules use:
///   JOIN (any, a comma in FROM included), INNER JOIN, LEFT JOIN, RIGHT JOIN, FULL JOIN, CROSS JOIN, NATURAL JOIN,
///   COMMA JOIN, USING, SUBQUERY (in an expression or in FROM), CTE, RECURSIVE, LATERAL, EXISTS, NOT EXISTS, IN,
///   NOT IN, ANY, ALL, WHERE, GROUP BY, GROUPING SETS, ROLLUP, CUBE, HAVING, WINDOW, FILTER, WITHIN GROUP, DISTINCT
///   (of a SELECT), DISTINCT ON, AGGREGATE DISTINCT, UNION, UNION ALL, INTERSECT, EXCEPT (each with or without ALL,
///   but UNION ALL), ORDER BY (of a SELECT), LIMIT (FETCH FIRST too), OFFSET, CASE, BETWEEN, LIKE, ILIKE, VALUES,
///   CAST, SELECT, and "function:" with a name in lower case ("function:coalesce").
/// NOT IN and NOT EXISTS are IN and EXISTS too, as UNION ALL is UNION.
std::set<std::string> constructsOf(const sql::ParsedScript &script);

/// Whether rules may name it. Any "function:" with a name is known.
bool isKnownConstruct(std::string_view name);

/// What the query breaks, a sentence each: "The query has to use GROUP BY."; empty = nothing.
std::vector<std::string> brokenRules(const std::set<std::string> &constructs, const content::ValidationRules &rules);

} // namespace sqlgym::grading
