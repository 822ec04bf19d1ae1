// Joins: ON, USING and NATURAL, and what each leaves in scope.
#include "sql/binder.h"

#include "catalogue/type_oids.h"

#include <algorithm>

namespace sqlgym::sql {

namespace {

JoinKind kindOf(const PgQuery__JoinExpr &join)
{
    switch (join.jointype) {
    case PG_QUERY__JOIN_TYPE__JOIN_LEFT:
        return JoinKind::Left;
    case PG_QUERY__JOIN_TYPE__JOIN_RIGHT:
        return JoinKind::Right;
    case PG_QUERY__JOIN_TYPE__JOIN_FULL:
        return JoinKind::Full;
    default:
        return JoinKind::Inner;
    }
}

/// The columns a side offers by bare name, in order, each once.
std::vector<NamedColumn> visibleColumns(const std::vector<NamespaceItem> &items)
{
    std::vector<NamedColumn> out;
    for (const auto &item : items) {
        if (item.columnsVisible)
            out.insert(out.end(), item.columns.begin(), item.columns.end());
    }
    return out;
}

} // namespace

FromNode *Binder::bindJoin(Scope &scope, const PgQuery__JoinExpr &join, std::vector<NamespaceItem> &out)
{
    auto *node = m_statement.make<FromNode>();
    node->isJoin = true;
    node->join = kindOf(join);
    std::vector<NamespaceItem> left, right;
    node->left = bindFromItem(scope, *join.larg, left);

    // The left side is in scope for a LATERAL right side; not to be used under RIGHT and FULL.
    const bool lateralOk = node->join == JoinKind::Inner || node->join == JoinKind::Left;
    setLateral(left, true, lateralOk);
    const std::size_t before = scope.items.size();
    scope.items.insert(scope.items.end(), left.begin(), left.end());
    node->right = bindFromItem(scope, *join.rarg, right);
    scope.items.resize(before);
    checkNameConflicts(left, right);

    setLateral(left, false, true);
    setLateral(right, false, true);
    std::vector<NamespaceItem> both = left;
    both.insert(both.end(), right.begin(), right.end());

    std::vector<std::string> usingNames;
    std::vector<NamedColumn> columns;
    std::optional<NamespaceItem> usingAlias;
    if (join.is_natural || join.n_using_clause > 0) {
        usingNames = stringsOf(join.using_clause, join.n_using_clause);
        bindUsing(scope, join, *node, left, right, columns, usingNames);
        if (join.join_using_alias) { // names the merged columns, and nothing else
            usingAlias.emplace();
            usingAlias->name = join.join_using_alias->aliasname;
            usingAlias->columnsVisible = false;
            usingAlias->columns = columns;
        }
    } else if (join.quals) {
        // ON sees exactly the two sides and outer queries.
        std::vector<NamespaceItem> saved;
        std::swap(saved, scope.items);
        scope.items = both;
        const bool wasActive = scope.lateralActive;
        scope.lateralActive = true;
        node->condition = coerceToBoolean(bindExpr(scope, join.quals, Place::JoinOn), "JOIN/ON");
        scope.lateralActive = wasActive;
        std::swap(saved, scope.items);
    }
    const auto isUsing = [&](const NamedColumn &column) {
        return std::ranges::find(usingNames, column.name) != usingNames.end();
    };
    for (const auto *side : {&left, &right}) {
        for (const auto &column : visibleColumns(*side)) {
            if (!isUsing(column))
                columns.push_back(column);
        }
    }
    NamespaceItem item;
    item.range = -1;
    item.nameVisible = false;
    item.columns = std::move(columns);
    if (join.alias) {
        item.name = join.alias->aliasname;
        item.nameVisible = true;
        const auto names = stringsOf(join.alias->colnames, join.alias->n_colnames);
        if (names.size() > item.columns.size())
            fail("42P10", "join expression \"" + item.name + "\" has " + std::to_string(item.columns.size()) +
                              " columns available but " + std::to_string(names.size()) + " columns specified");
        for (std::size_t i = 0; i < names.size(); ++i)
            item.columns[i].name = names[i];
        // The alias hides both sides.
        for (auto &hidden : both)
            hidden.nameVisible = hidden.columnsVisible = false;
    } else {
        for (auto &hidden : both)
            hidden.columnsVisible = false;
    }
    if (usingAlias && !join.alias) {
        if (std::ranges::any_of(both, [&](const auto &known) { return known.name == usingAlias->name; }))
            fail("42712", "table name \"" + usingAlias->name + "\" specified more than once");
        out.push_back(std::move(*usingAlias));
    }
    for (auto &side : both)
        out.push_back(std::move(side));
    out.push_back(std::move(item));
    return node;
}

/// buildMergedJoinVar: the side that needs no conversion speaks for both, which shows (1 joined with 1.0 is 1.0).
NamedColumn Binder::mergedColumn(JoinKind join, const std::string &name, Expr *left, Expr *right)
{
    const std::vector<Expr *> sides{left, right};
    const Oid common = selectCommonType(sides, "JOIN/USING");
    const std::int32_t typmod = commonTypmod(sides, common);
    const auto converted = [&](Expr *side) -> Expr * {
        if (side->type != common)
            return coerce(side, common, -1, CoercionContext::Implicit, CoercionForm::ImplicitCast, -1);
        if (side->typmod == typmod)
            return side;
        auto *relabel = make<RelabelExpr>();
        relabel->type = common;
        relabel->typmod = typmod;
        relabel->argument = side;
        relabel->implicitCast = true;
        return relabel;
    };
    Expr *l = converted(left), *r = converted(right);
    Expr *chosen = join == JoinKind::Right || (join == JoinKind::Inner && l != left && r == right) ? r : l;
    if (join == JoinKind::Full) {
        auto *coalesce = make<CoalesceExpr>();
        coalesce->type = common;
        coalesce->typmod = typmod;
        coalesce->arguments = {l, r};
        chosen = coalesce;
    }
    NamedColumn column;
    column.name = name;
    column.shape = {name, common, chosen->typmod, 0};
    if (const auto *plain = as<ColumnExpr>(chosen); plain && plain->levelsUp == 0) {
        column.range = plain->range;
        column.column = plain->column;
    } else {
        column.merged = chosen;
    }
    return column;
}

void Binder::bindUsing(Scope &scope, const PgQuery__JoinExpr &join, FromNode &node,
                       const std::vector<NamespaceItem> &left, const std::vector<NamespaceItem> &right,
                       std::vector<NamedColumn> &merged, std::vector<std::string> &names)
{
    const auto leftColumns = visibleColumns(left), rightColumns = visibleColumns(right);
    if (join.is_natural) {
        for (const auto &column : leftColumns) {
            if (std::ranges::find(rightColumns, column.name, &NamedColumn::name) != rightColumns.end())
                names.push_back(column.name);
        }
    }
    const auto pick = [&](const std::vector<NamedColumn> &columns, const std::string &name,
                          const char *side) -> const NamedColumn & {
        const NamedColumn *found = nullptr;
        for (const auto &column : columns) {
            if (column.name != name)
                continue;
            if (found)
                fail("42702", "common column name \"" + name + "\" appears more than once in " + side + " table");
            found = &column;
        }
        if (!found)
            fail("42703",
                 "column \"" + name + "\" specified in USING clause does not exist in " + std::string(side) + " table");
        return *found;
    };
    std::vector<std::pair<const NamedColumn *, const NamedColumn *>> pairs;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) !=
            names.begin() + static_cast<std::ptrdiff_t>(i))
            fail("42701", "column name \"" + names[i] + "\" appears more than once in USING clause");
        const auto &l = pick(leftColumns, names[i], "left");
        const auto &r = pick(rightColumns, names[i], "right");
        pairs.emplace_back(&l, &r);
    }
    const NamespaceItem none;
    for (const auto &[l, r] : pairs)
        merged.push_back(
            mergedColumn(node.join, l->name, columnOf(scope, none, *l, 0, -1), columnOf(scope, none, *r, 0, -1)));
    // A type that the columns have not in common is reported before a missing operator.
    std::vector<Expr *> conditions;
    for (const auto &[l, r] : pairs)
        conditions.push_back(coerceToBoolean(
            makeOperator("=", columnOf(scope, none, *l, 0, -1), columnOf(scope, none, *r, 0, -1), -1), "JOIN/USING"));
    if (conditions.size() == 1)
        node.condition = conditions.front();
    else if (conditions.size() > 1)
        node.condition = makeBoolean(BooleanOp::And, std::move(conditions), -1);
}

} // namespace sqlgym::sql
