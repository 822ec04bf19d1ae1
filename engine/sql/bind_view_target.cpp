// Views as targets of INSERT, UPDATE and DELETE: what is done to a simple view is done to its table.
// Source: PostgreSQL 15 manual, CREATE VIEW, Updatable Views.
#include "sql/binder.h"

#include <algorithm>
#include <set>

namespace sqlgym::sql {

namespace {

/// Why a view with this query cannot be changed, in PostgreSQL's order; nullptr: it can.
const char *notUpdatable(const Query &query)
{
    if (query.distinct != DistinctKind::None)
        return "Views containing DISTINCT are not automatically updatable.";
    if (!query.groupBy.empty() || !query.groupingSets.empty())
        return "Views containing GROUP BY are not automatically updatable.";
    if (query.having)
        return "Views containing HAVING are not automatically updatable.";
    if (query.setOperation)
        return "Views containing UNION, INTERSECT, or EXCEPT are not automatically updatable.";
    if (!query.ctes.empty())
        return "Views containing WITH are not automatically updatable.";
    if (query.limit || query.offset)
        return "Views containing LIMIT or OFFSET are not automatically updatable.";
    if (query.hasAggregates)
        return "Views that return aggregate functions are not automatically updatable.";
    if (query.hasWindows)
        return "Views that return window functions are not automatically updatable.";
    if (query.hasSetFunctions)
        return "Views that return set-returning functions are not automatically updatable.";
    const bool single = query.from.size() == 1 && !query.from.front()->isJoin && query.range.size() == 1;
    const auto *entry = single ? &query.range.front() : nullptr;
    if (!entry || !((entry->table && entry->table->isTable()) || entry->view))
        return "Views that do not select from a single table or view are not automatically updatable.";
    return nullptr;
}

} // namespace

/// WITH CHECK OPTION is for views that can be changed.
void Binder::checkCheckOption(const Query &query) const
{
    if (const char *reason = notUpdatable(query))
        fail("0A000", "WITH CHECK OPTION is supported only on automatically updatable views", -1, {}, reason);
    if (query.range.front().view)
        decline("WITH CHECK OPTION of a view over a view");
}

/// What the statement may name: the table under the view, its columns called as the view calls them.
void Binder::openViewTarget(const std::shared_ptr<const TableDefinition> &view, bool nested)
{
    if (nested || m_viewTarget)
        decline("changing a view inside another statement");
    const Query &query = *bindViewText(*view);
    ViewTarget target{.view = view, .base = view, .face = view};
    target.reason = notUpdatable(query);
    for (std::size_t i = 0; i < view->columns.size(); ++i)
        target.columns.push_back(static_cast<int>(i));
    if (!target.reason) {
        const auto &entry = query.range.front();
        if (!entry.table)
            decline("changing a view over a view");
        if (view->checksRows)
            decline("changing a view WITH CHECK OPTION");
        target.base = entry.table;
        target.where = query.where;
        auto face = std::make_shared<TableDefinition>(*entry.table);
        face->name = view->name;
        for (auto &column : face->columns)
            column.name.clear();
        std::set<int> seen;
        std::size_t at = 0;
        for (const auto &shown : query.targets) {
            if (shown.junk)
                continue;
            const auto *column = as<ColumnExpr>(shown.expr);
            if (!column || column->range != 0 || column->column < 0 || column->levelsUp != 0 ||
                !seen.insert(column->column).second)
                decline("changing a view with computed columns");
            target.columns[at] = column->column;
            face->columns[static_cast<std::size_t>(column->column)].name = view->columns[at].name;
            ++at;
        }
        target.face = std::move(face);
    }
    m_viewTarget = std::move(target);
}

void Binder::nameAsView(NamespaceItem &item) const
{
    if (!m_viewTarget || m_viewTarget->reason)
        return;
    std::vector<NamedColumn> shown;
    for (std::size_t i = 0; i < m_viewTarget->columns.size(); ++i) {
        shown.push_back(item.columns[static_cast<std::size_t>(m_viewTarget->columns[i])]);
        shown.back().name = m_viewTarget->view->columns[i].name;
    }
    item.columns = std::move(shown);
}

/// The statement has been read: from here on it is one about the table.
void Binder::closeViewTarget(Change &change)
{
    if (!m_viewTarget)
        return;
    const std::string name = "\"" + m_viewTarget->view->name + "\"";
    if (m_viewTarget->reason) {
        const auto refuse = [&](const std::string &message, const std::string &doing, const std::string &event) {
            fail("55000", message + name, -1, m_viewTarget->reason,
                 "To enable " + doing + " the view, provide an INSTEAD OF " + event +
                     " trigger or an unconditional ON " + event + " DO INSTEAD rule.");
        };
        if (change.kind == ChangeKind::Insert)
            refuse("cannot insert into view ", "inserting into", "INSERT");
        if (change.kind == ChangeKind::Update)
            refuse("cannot update view ", "updating", "UPDATE");
        refuse("cannot delete from view ", "deleting from", "DELETE");
    }
    if (change.conflict)
        decline("ON CONFLICT of a view");
    change.table = m_viewTarget->base;
    Expr *const condition = m_viewTarget->where;
    if (!condition || change.kind == ChangeKind::Insert)
        return;
    Expr *&where = change.source->where;
    where = where ? makeBoolean(BooleanOp::And, {where, condition}, -1) : condition;
}

} // namespace sqlgym::sql
