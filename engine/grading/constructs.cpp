#include "grading/constructs.h"

#include "grading/tree_node.h"

#include <algorithm>
#include <array>

namespace sqlgym::grading {

namespace {

using Found = std::set<std::string>;

constexpr std::string_view kFunction = "function:";

constexpr std::array<std::string_view, 45> kKnown{
    "JOIN",
    "INNER JOIN",
    "LEFT JOIN",
    "RIGHT JOIN",
    "FULL JOIN",
    "CROSS JOIN",
    "NATURAL JOIN",
    "COMMA JOIN",
    "USING",
    "SUBQUERY",
    "CTE",
    "RECURSIVE",
    "LATERAL",
    "EXISTS",
    "NOT EXISTS",
    "IN",
    "NOT IN",
    "ANY",
    "ALL",
    "WHERE",
    "GROUP BY",
    "GROUPING SETS",
    "ROLLUP",
    "CUBE",
    "HAVING",
    "WINDOW",
    "FILTER",
    "WITHIN GROUP",
    "DISTINCT",
    "DISTINCT ON",
    "AGGREGATE DISTINCT",
    "UNION",
    "UNION ALL",
    "INTERSECT",
    "EXCEPT",
    "ORDER BY",
    "LIMIT",
    "OFFSET",
    "CASE",
    "BETWEEN",
    "LIKE",
    "ILIKE",
    "VALUES",
    "CAST",
    "SELECT",
};

void addFunction(std::string_view name, Found &found) { found.insert(std::string(kFunction) + std::string(name)); }

void addSelect(const TreeNode &select, Found &found)
{
    const auto add = [&](bool used, const char *name) {
        if (used)
            found.insert(name);
    };
    add(select.count("values_lists") == 0, "SELECT");
    add(select.count("values_lists") > 0, "VALUES");
    add(select.count("from_clause") > 1, "JOIN");
    add(select.count("from_clause") > 1, "COMMA JOIN");
    add(bool(select.child("where_clause")), "WHERE");
    add(select.count("group_clause") > 0, "GROUP BY");
    add(bool(select.child("having_clause")), "HAVING");
    add(select.count("sort_clause") > 0, "ORDER BY");
    add(bool(select.child("limit_count")), "LIMIT");
    add(bool(select.child("limit_offset")), "OFFSET");
    // DISTINCT is a list of one empty node, DISTINCT ON a list of expressions.
    add(select.count("distinct_clause") > 0, "DISTINCT");
    add(bool(select.item("distinct_clause", 0)), "DISTINCT ON");
    const std::string_view operation = select.word("op");
    add(operation == "SETOP_UNION", "UNION");
    add(operation == "SETOP_UNION" && select.flag("all"), "UNION ALL");
    add(operation == "SETOP_INTERSECT", "INTERSECT");
    add(operation == "SETOP_EXCEPT", "EXCEPT");
}

void addJoin(const TreeNode &join, Found &found)
{
    found.insert("JOIN");
    const std::string_view type = join.word("jointype");
    const bool bare = !join.child("quals") && join.count("using_clause") == 0 && !join.flag("is_natural");
    if (type == "JOIN_INNER")
        found.insert(bare ? "CROSS JOIN" : "INNER JOIN");
    else if (type == "JOIN_LEFT")
        found.insert("LEFT JOIN");
    else if (type == "JOIN_RIGHT")
        found.insert("RIGHT JOIN");
    else if (type == "JOIN_FULL")
        found.insert("FULL JOIN");
    if (join.flag("is_natural"))
        found.insert("NATURAL JOIN");
    if (join.count("using_clause") > 0)
        found.insert("USING");
}

bool isInSublink(const TreeNode &link)
{
    return link.word("sub_link_type") == "ANY_SUBLINK" && link.count("oper_name") == 0;
}

void addSublink(const TreeNode &link, Found &found)
{
    found.insert("SUBQUERY");
    const std::string_view type = link.word("sub_link_type");
    if (type == "EXISTS_SUBLINK")
        found.insert("EXISTS");
    else if (isInSublink(link))
        found.insert("IN");
    else if (type == "ANY_SUBLINK")
        found.insert("ANY");
    else if (type == "ALL_SUBLINK")
        found.insert("ALL");
}

void addOperator(const TreeNode &expression, Found &found)
{
    const std::string_view kind = expression.word("kind");
    if (kind == "AEXPR_IN") {
        found.insert("IN");
        if (expression.item("name", 0).text("sval") == "<>")
            found.insert("NOT IN");
    } else if (kind == "AEXPR_OP_ANY")
        found.insert("ANY");
    else if (kind == "AEXPR_OP_ALL")
        found.insert("ALL");
    else if (kind == "AEXPR_LIKE")
        found.insert("LIKE");
    else if (kind == "AEXPR_ILIKE")
        found.insert("ILIKE");
    else if (kind == "AEXPR_NULLIF")
        addFunction("nullif", found);
    else if (kind.find("BETWEEN") != std::string_view::npos)
        found.insert("BETWEEN");
}

void addCall(const TreeNode &call, Found &found)
{
    const std::size_t parts = call.count("funcname");
    if (parts > 0)
        addFunction(call.item("funcname", parts - 1).text("sval"), found);
    if (call.child("over"))
        found.insert("WINDOW");
    if (call.child("agg_filter"))
        found.insert("FILTER");
    if (call.flag("agg_within_group"))
        found.insert("WITHIN GROUP");
    if (call.flag("agg_distinct"))
        found.insert("AGGREGATE DISTINCT");
}

// CURRENT_DATE and its like, which are no calls to the parser: SVFOP_CURRENT_TIMESTAMP_N -> current_timestamp.
void addKeywordFunction(std::string_view operation, Found &found)
{
    constexpr std::string_view kPrefix = "SVFOP_";
    if (!operation.starts_with(kPrefix))
        return;
    operation.remove_prefix(kPrefix.size());
    if (operation.ends_with("_N"))
        operation.remove_suffix(2);
    std::string name(operation);
    std::ranges::transform(name, name.begin(), [](char c) { return c == '_' ? c : static_cast<char>(c - 'A' + 'a'); });
    addFunction(name, found);
}

void addNot(const TreeNode &expression, Found &found)
{
    if (expression.word("boolop") != "NOT_EXPR")
        return;
    const TreeNode inner = expression.item("args", 0);
    if (inner.kind() != "SubLink")
        return;
    if (inner.word("sub_link_type") == "EXISTS_SUBLINK")
        found.insert("NOT EXISTS");
    else if (isInSublink(inner))
        found.insert("NOT IN");
}

void addNode(const TreeNode &node, Found &found)
{
    const std::string_view kind = node.kind();
    if (node.flag("lateral"))
        found.insert("LATERAL");
    if (kind == "SelectStmt") {
        addSelect(node, found);
    } else if (kind == "JoinExpr") {
        addJoin(node, found);
    } else if (kind == "SubLink") {
        addSublink(node, found);
    } else if (kind == "RangeSubselect") {
        found.insert("SUBQUERY");
    } else if (kind == "WithClause") {
        found.insert("CTE");
        if (node.flag("recursive"))
            found.insert("RECURSIVE");
    } else if (kind == "GroupingSet") {
        const std::string_view set = node.word("kind");
        found.insert(set == "GROUPING_SET_ROLLUP" ? "ROLLUP" : set == "GROUPING_SET_CUBE" ? "CUBE" : "GROUPING SETS");
    } else if (kind == "AExpr") {
        addOperator(node, found);
    } else if (kind == "BoolExpr") {
        addNot(node, found);
    } else if (kind == "FuncCall") {
        addCall(node, found);
    } else if (kind == "CoalesceExpr") {
        addFunction("coalesce", found);
    } else if (kind == "MinMaxExpr") {
        addFunction(node.word("op") == "IS_LEAST" ? "least" : "greatest", found);
    } else if (kind == "SQLValueFunction") {
        addKeywordFunction(node.word("op"), found);
    } else if (kind == "CaseExpr") {
        found.insert("CASE");
    } else if (kind == "TypeCast") {
        found.insert("CAST");
    }
}

std::string words(const std::string &construct)
{
    if (construct.starts_with(kFunction))
        return "the function " + construct.substr(kFunction.size()) + "()";
    if (construct == "SUBQUERY")
        return "a subquery";
    if (construct == "CTE")
        return "a common table expression (WITH)";
    if (construct == "RECURSIVE")
        return "WITH RECURSIVE";
    if (construct == "WINDOW")
        return "a window function (OVER)";
    if (construct == "JOIN")
        return "a join";
    return construct;
}

} // namespace

std::set<std::string> constructsOf(const sql::ParsedScript &script)
{
    Found found;
    // A parse tree can be deep: an explicit stack.
    std::vector<TreeNode> waiting{TreeNode(reinterpret_cast<const ProtobufCMessage *>(script.tree()))};
    while (!waiting.empty()) {
        const TreeNode node = waiting.back();
        waiting.pop_back();
        addNode(node, found);
        node.eachChild([&](TreeNode child) { waiting.push_back(child); });
    }
    return found;
}

bool isKnownConstruct(std::string_view name)
{
    if (name.starts_with(kFunction))
        return name.size() > kFunction.size();
    return std::ranges::find(kKnown, name) != kKnown.end();
}

std::vector<std::string> brokenRules(const std::set<std::string> &constructs, const content::ValidationRules &rules)
{
    std::vector<std::string> broken;
    for (const std::string &construct : rules.mustUse) {
        if (constructs.count(construct) == 0)
            broken.push_back("The query has to use " + words(construct) + ".");
    }
    for (const std::string &construct : rules.mustNotUse) {
        if (constructs.count(construct) > 0)
            broken.push_back("The query must not use " + words(construct) + ".");
    }
    return broken;
}

} // namespace sqlgym::grading
