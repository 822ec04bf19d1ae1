#include "plan/outer_joins.h"

#include "catalogue/catalogue.h"
#include "plan/join_rules.h"
#include "plan/pull_up.h"

#include <bit>

namespace sqlgym::plan {

using namespace sql;

namespace {

bool isStrict(Oid function)
{
    const auto *row = catalogue::findFunction(function);
    return row && row->strict && !row->returnsSet;
}

/// The query that an expression reads, `level` levels out.
struct QueryView {
    const Query *query = nullptr;
    RangeSet guarded = 0;
    int level = 0;
};

RangeSet nonNullable(const QueryView &view, Expr *expr, bool top);

/// Rows without columns, where subqueries without FROM stood.
RangeSet emptyRows(const Query &query)
{
    RangeSet set = 0;
    for (std::size_t i = 0; i < query.range.size(); ++i)
        if (const RangeEntry &entry = query.range[i]; entry.kind == RangeKind::Values && entry.columns.empty())
            set |= rangeBit(int(i));
    return set;
}

/// A guarded column counts where its subquery is one table, or where it is NULL with one of its tables.
RangeSet ofColumn(const QueryView &view, const ColumnExpr &column)
{
    const RangeSet bit = rangeBit(column.range);
    if ((view.guarded & bit) == 0)
        return bit;
    const Query *inner = view.query->range[std::size_t(column.range)].subquery;
    if (!inner)
        return bit;
    int leaves = 0;
    for (const FromNode *item : inner->from)
        leaves += std::popcount(leavesOf(item) & ~emptyRows(*inner));
    const bool reads = nonNullable({inner, 0, 0}, inner->targets[std::size_t(column.column)].expr, false) != 0;
    return leaves <= 1 || reads ? bit : 0;
}

/// Ranges of which a NULL row makes `expr` NULL (or, at the top of a condition, not true).
RangeSet nonNullable(const QueryView &view, Expr *expr, bool top)
{
    const auto all = [&view](const std::vector<Expr *> &list) {
        RangeSet set = 0;
        for (Expr *item : list)
            set |= nonNullable(view, item, false);
        return set;
    };
    switch (expr->kind) {
    case ExprKind::Column: {
        const auto *column = as<ColumnExpr>(expr);
        return column->levelsUp == view.level && column->range >= 0 && column->column >= 0 ? ofColumn(view, *column)
                                                                                           : 0;
    }
    case ExprKind::Function:
        return isStrict(as<FunctionExpr>(expr)->function) ? all(as<FunctionExpr>(expr)->arguments) : 0;
    case ExprKind::ArrayOperator: {
        // An empty array makes ALL true whatever is on the left.
        auto *op = as<ArrayOperatorExpr>(expr);
        const auto *list = as<ArrayConstructorExpr>(op->array);
        const auto *constant = as<ConstantExpr>(op->array);
        const bool filled = (list && !list->elements.empty()) ||
                            (constant && !constant->value.isNull && constant->value.array->elementCount > 0);
        return isStrict(op->function) && (filled || (op->any && top)) ? nonNullable(view, op->left, false) : 0;
    }
    case ExprKind::Boolean: {
        auto *boolean = as<BooleanExpr>(expr);
        if (boolean->op == BooleanOp::Not)
            return nonNullable(view, boolean->arguments.front(), false);
        if (boolean->op == BooleanOp::And && top) {
            RangeSet set = 0;
            for (Expr *argument : boolean->arguments)
                set |= nonNullable(view, argument, true);
            return set;
        }
        RangeSet set = ~RangeSet{0};
        for (Expr *argument : boolean->arguments)
            set &= nonNullable(view, argument, top);
        return set;
    }
    case ExprKind::Relabel:
        return nonNullable(view, as<RelabelExpr>(expr)->argument, top);
    case ExprKind::ConvertViaText:
        return nonNullable(view, as<ConvertViaTextExpr>(expr)->argument, false);
    case ExprKind::NullTest: {
        auto *test = as<NullTestExpr>(expr);
        return top && test->isNot && !test->ofRow ? nonNullable(view, test->argument, false) : 0;
    }
    case ExprKind::BooleanTest: {
        auto *test = as<BooleanTestExpr>(expr);
        const bool rejects = test->test == BooleanTest::IsTrue || test->test == BooleanTest::IsFalse ||
                             test->test == BooleanTest::IsNotUnknown;
        return top && rejects ? nonNullable(view, test->argument, false) : 0;
    }
    default:
        return 0;
    }
}

class Reduction {
public:
    Reduction(const QueryView &view, const JoinedSublinks &joined) : m_view(view), m_joined(joined) {}

    RangeSet ofConditions(const std::vector<Expr *> &conditions) const
    {
        RangeSet set = 0;
        for (Expr *condition : conditions)
            set |= nonNullable(m_view, condition, true);
        return set;
    }

    /// Of the sublinks that are joined below `owner`, those that read nothing but `visible`.
    RangeSet ofSublinks(const void *owner, RangeSet visible) const
    {
        RangeSet set = 0;
        if (const auto found = m_joined.find(owner); found != m_joined.end())
            for (const JoinedSublink &sublink : found->second)
                set |= within(sublink.reads, visible) ? sublink.nonNullable : 0;
        return set;
    }

    void reduce(FromNode *node, RangeSet above) const

    {
        if (!node->isJoin)
            return;
        const bool left = (above & leavesOf(node->left)) != 0;
        const bool right = (above & leavesOf(node->right)) != 0;
        switch (node->join) {
        case JoinKind::Inner:
            break;
        case JoinKind::Left:
            node->join = right ? JoinKind::Inner : JoinKind::Left;
            break;
        case JoinKind::Right:
            node->join = left ? JoinKind::Inner : JoinKind::Right;
            break;
        case JoinKind::Full:
            if (left && right)
                node->join = JoinKind::Inner;
            else if (left)
                node->join = JoinKind::Left;
            else if (right)
                node->join = JoinKind::Right;
            break;
        }
        std::vector<Expr *> conditions;
        splitAnd(node->condition, conditions);
        const RangeSet all = leavesOf(node);
        RangeSet own = ofConditions(conditions);
        switch (node->join) {
        case JoinKind::Inner:
            own |= above | ofSublinks(node, all);
            reduce(node->left, own);
            reduce(node->right, own);
            break;
        case JoinKind::Left:
            reduce(node->left, above);
            reduce(node->right, own | ofSublinks(node, leavesOf(node->right)));
            break;
        case JoinKind::Right:
            reduce(node->left, own | ofSublinks(node, leavesOf(node->left)));
            reduce(node->right, above);
            break;
        case JoinKind::Full:
            reduce(node->left, 0);
            reduce(node->right, 0);
            break;
        }
    }

private:
    const QueryView &m_view;
    const JoinedSublinks &m_joined;
};

} // namespace

RangeSet nonNullableAround(const Query &query, RangeSet guarded, Expr *qual)
{
    const auto *sublink = as<SublinkExpr>(qual);
    RangeSet set = 0;
    if (!sublink)
        return set;
    if (sublink->sublink == SublinkKind::Exists) {
        std::vector<Expr *> conditions;
        splitAnd(sublink->query->where, conditions);
        for (Expr *condition : conditions)
            set |= nonNullable({&query, guarded, 1}, condition, true);
        return set;
    }
    // Compared with NULL it is no condition on any table; nor may it be where constants are compared.
    for (std::size_t i = 0; isMergeable(*sublink->query) && i < sublink->left.size(); ++i)
        if (const auto *right = as<ConstantExpr>(sublink->query->targets[i].expr);
            right && (right->value.isNull || sublink->left[i]->kind == ExprKind::Constant))
            return 0;
    for (std::size_t i = 0; i < sublink->left.size(); ++i)
        if (comparesStrictly(*sublink, i))
            set |= nonNullable({&query, guarded, 0}, sublink->left[i], false);
    return set;
}

bool comparesStrictly(const SublinkExpr &sublink, std::size_t column)
{
    return !sublink.useOr && column < sublink.comparisons.size() && isStrict(sublink.comparisons[column]);
}

void reduceOuterJoins(Query &query, const std::vector<Expr *> &where, const std::vector<Expr *> &compared,
                      RangeSet guarded, const JoinedSublinks &joined)
{
    const QueryView view{&query, guarded, 0};
    const Reduction reduction(view, joined);
    RangeSet above = reduction.ofConditions(where) | reduction.ofSublinks(&query, ~RangeSet{0});
    for (Expr *target : compared)
        above |= nonNullable(view, target, false);
    for (FromNode *node : query.from)
        reduction.reduce(node, above);
}

} // namespace sqlgym::plan
