#include "insight/approach.h"

#include "grading/constructs.h"
#include "grading/tree_node.h"
#include "insight/plain_tree.h"

#include <set>

namespace sqlgym::insight {

namespace {

/// More than a learner writes; the tree is walked by recursion.
constexpr sql::ParseLimits kLimits{
    .maxBytes = 100'000, .maxStatementTokens = 20'000, .maxDepth = 200, .maxOperators = 500};

bool asksForNull(const sql::ParsedScript &script)
{
    using grading::TreeNode;
    std::vector<TreeNode> waiting{TreeNode(reinterpret_cast<const ProtobufCMessage *>(script.tree()))};
    while (!waiting.empty()) {
        const TreeNode node = waiting.back();
        waiting.pop_back();
        if (node.kind() == "NullTest" && node.word("nulltesttype") == "IS_NULL")
            return true;
        node.eachChild([&](TreeNode child) { waiting.push_back(child); });
    }
    return false;
}

/// What tells one way from another, the most telling first; "" where the next is told by it already.
std::string wordsOf(const std::set<std::string> &constructs, bool asksNull)
{
    std::string all;
    const auto has = [&](const char *name) { return constructs.contains(name); };
    const auto add = [&](bool is, const char *words) {
        if (is)
            all += (all.empty() ? "" : ", ") + std::string(words);
    };
    add(has("RECURSIVE"), "WITH RECURSIVE");
    add(has("CTE") && !has("RECURSIVE"), "WITH");
    add(has("NOT EXISTS"), "NOT EXISTS");
    add(has("EXISTS") && !has("NOT EXISTS"), "EXISTS");
    add(has("NOT IN"), "NOT IN");
    add(has("IN") && !has("NOT IN"), "IN");
    add(has("ANY"), "ANY");
    add(has("ALL"), "ALL");
    add(has("EXCEPT"), "EXCEPT");
    add(has("INTERSECT"), "INTERSECT");
    add(has("UNION"), has("UNION ALL") ? "UNION ALL" : "UNION");
    add(has("WINDOW"), "window function");
    add(has("LATERAL"), "LATERAL");
    const bool outer = has("LEFT JOIN") || has("RIGHT JOIN");
    const char *side = has("LEFT JOIN") ? "LEFT JOIN" : "RIGHT JOIN";
    add(outer && !asksNull, side);
    add(outer && asksNull, has("LEFT JOIN") ? "LEFT JOIN \u2026 IS NULL" : "RIGHT JOIN \u2026 IS NULL");
    add(has("FULL JOIN"), "FULL JOIN");
    add(has("JOIN") && !outer && !has("FULL JOIN"), "JOIN");
    const bool link = has("EXISTS") || has("IN") || has("ANY") || has("ALL");
    add(has("SUBQUERY") && !link, "subquery");
    add(has("GROUPING SETS") || has("ROLLUP") || has("CUBE"), "grouping sets");
    add(has("GROUP BY"), "GROUP BY");
    add(has("HAVING"), "HAVING");
    add(has("FILTER"), "FILTER");
    add(has("CASE"), "CASE");
    add(has("DISTINCT ON"), "DISTINCT ON");
    add(has("DISTINCT") && !has("DISTINCT ON"), "DISTINCT");
    add(has("LIMIT"), "LIMIT");
    if (all.empty())
        all = has("SELECT") ? "one plain SELECT" : has("VALUES") ? "VALUES" : "no SELECT";
    return all;
}

} // namespace

Approach approachOf(std::string_view sql)
{
    auto parsed = sql::parse(sql, kLimits);
    if (!parsed.script)
        return {false, parsed.declined.empty() ? "not SQL that PostgreSQL reads" : "too long to compare", {}};
    return {true, wordsOf(grading::constructsOf(*parsed.script), asksForNull(*parsed.script)),
            plainWords(*parsed.script)};
}

} // namespace sqlgym::insight
