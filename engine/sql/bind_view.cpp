// CREATE VIEW, and what a view's text stands for when its tables have been altered since.
#include "sql/definition_binder.h"
#include "sql/expr_tools.h"

#include "catalogue/type_oids.h"

#include <algorithm>

namespace sqlgym::sql {

namespace {

/// Notes which columns of the tables and views in FROM a query reads, inside its subqueries too.
class ColumnGatherer {
public:
    explicit ColumnGatherer(std::vector<ViewSource> &sources) : m_sources(sources) {}

    void walk(const Query &query)
    {
        m_around.push_back(&query);
        forEachExpr(const_cast<Query &>(query), [this](Expr *&expr) { visit(*expr); });
        for (const auto &entry : query.range) {
            if (entry.kind == RangeKind::Subquery && entry.subquery && !entry.view)
                walk(*entry.subquery);
        }
        for (const auto *cte : query.ctes) {
            if (cte->query)
                walk(*cte->query);
        }
        m_around.pop_back();
    }

private:
    void visit(Expr &expr)
    {
        if (const auto *column = as<ColumnExpr>(&expr); column && column->range >= 0)
            note(*column);
        forEachChild(expr, [this](Expr *&child) { visit(*child); });
        if (const auto *link = as<SublinkExpr>(&expr); link && link->query)
            walk(*link->query);
    }

    void note(const ColumnExpr &column)
    {
        const Query &owner = *m_around[m_around.size() - 1 - static_cast<std::size_t>(column.levelsUp)];
        const auto &entry = owner.range[static_cast<std::size_t>(column.range)];
        const auto *definition = entry.kind == RangeKind::Table ? entry.table.get() : entry.view.get();
        const auto source = std::ranges::find_if(
            m_sources, [&](const ViewSource &known) { return definition && known.asOf->name == definition->name; });
        if (source == m_sources.end())
            return;
        if (column.column < 0) {
            source->wholeRow = true;
            return;
        }
        const int id = definition->columns[static_cast<std::size_t>(column.column)].id;
        if (std::ranges::find(source->columns, id) == source->columns.end())
            source->columns.push_back(id);
    }

    std::vector<ViewSource> &m_sources;
    std::vector<const Query *> m_around;
};

} // namespace

void DefinitionBinder::gatherViewColumns(const Query &query, std::vector<ViewSource> &sources)
{
    ColumnGatherer(sources).walk(query);
}

/// The table of now that a view's text means by a name; nullptr: not in a view's text.
std::shared_ptr<const TableDefinition> Binder::findAsOf(const PgQuery__RangeVar &var, const ViewSource *&source) const
{
    if (!m_view)
        return nullptr;
    for (const auto &known : m_view->sources) {
        if (known.asOf->name == var.relname) {
            source = &known;
            return m_schema.findTable({}, known.name);
        }
    }
    decline("the view " + m_view->name);
}

/// Gives `item` the names that the view's text uses; columns that came later are not there for it.
void Binder::nameAsOf(const ViewSource &source, const TableDefinition &table, NamespaceItem &item) const
{
    std::vector<NamedColumn> kept;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto known = std::ranges::find(source.asOf->columns, table.columns[i].id, &ColumnDefinition::id);
        if (known == source.asOf->columns.end())
            continue;
        kept.push_back(std::move(item.columns[i]));
        kept.back().name = known->name;
    }
    item.columns = std::move(kept);
}

void DefinitionBinder::bindCreateView(const PgQuery__ViewStmt &stmt, base::SourceSpan)
{
    if (stmt.query->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
        decline("this form of CREATE VIEW");
    if (stmt.n_options > 0)
        decline("options of views");
    declineShadowing(*stmt.view);
    auto view = std::make_shared<TableDefinition>();
    view->name = stmt.view->relname;
    view->isView = true;
    view->viewSql = queryText(*stmt.query);
    if (view->viewSql.empty())
        decline("this view");
    m_sources = &view->sources;
    const Query *query = bindSelect(*stmt.query->select_stmt, nullptr, true);
    m_sources = nullptr;
    declineSequenceOrder(const_cast<Query &>(*query));
    gatherViewColumns(*query, view->sources);
    view->checksRows = stmt.with_check_option != PG_QUERY__VIEW_CHECK_OPTION__NO_CHECK_OPTION;
    if (view->checksRows)
        checkCheckOption(*query);
    view->persistence = persistenceOf(*stmt.view);
    if (std::ranges::any_of(view->sources, [](const auto &source) { return source.asOf->persistence == 't'; }))
        view->persistence = 't';
    checkDatabase(*stmt.view, false);
    checkSchema(stmt.view->schemaname ? stmt.view->schemaname : "");
    if (std::ranges::any_of(query->ctes, [](const auto *cte) { return changeOf(*cte->query) != nullptr; }))
        fail("0A000", "views must not contain data-modifying statements in WITH");
    const auto names = stringsOf(stmt.aliases, stmt.n_aliases);
    for (const auto &target : query->targets) {
        if (target.junk)
            continue;
        const std::size_t index = view->columns.size();
        ColumnDefinition column;
        column.name = index < names.size() ? names[index] : target.name;
        if (target.expr->type == catalogue::type::kRecord || target.expr->type == catalogue::type::kRecordArray)
            decline("a column of rows");
        column.id = ++view->lastColumnId;
        column.type = target.expr->type;
        column.typmod = target.expr->typmod;
        view->columns.push_back(std::move(column));
    }
    if (names.size() > view->columns.size())
        fail("42601", "CREATE VIEW specifies more column names than columns");
    checkColumnList(*view);
    m_statement.kind = StatementKind::CreateView;
    m_statement.create.table = std::move(view);
    m_statement.create.orReplace = stmt.replace;
}

} // namespace sqlgym::sql
