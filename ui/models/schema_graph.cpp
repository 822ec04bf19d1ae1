#include "models/schema_graph.h"

#include "assist/scan.h"
#include "models/labels.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <algorithm>
#include <deque>
#include <optional>

namespace sqlgym::models {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("schema", text); }

bool has(const std::vector<std::string> &names, const std::string &name)
{
    return std::ranges::find(names, name) != names.end();
}

std::optional<int> tableAt(const content::Problem &problem, const std::string &name)
{
    const auto found = std::ranges::find(problem.tables, name, &content::Table::name);
    if (found == problem.tables.end())
        return std::nullopt;
    return static_cast<int>(found - problem.tables.begin());
}

std::optional<std::vector<int>> columnsAt(const content::Table &table, const std::vector<std::string> &names)
{
    std::vector<int> columns;
    for (const std::string &name : names) {
        const auto found = std::ranges::find(table.columns, name, &content::TableColumn::name);
        if (found == table.columns.end())
            return std::nullopt;
        columns.push_back(static_cast<int>(found - table.columns.begin()));
    }
    return columns;
}

// A unique key whose columns are all among `names` makes those unique too.
bool areUnique(const content::Table &table, const std::vector<std::string> &names)
{
    const auto within = [&](const std::vector<std::string> &key) {
        return !key.empty() && std::ranges::all_of(key, [&](const auto &name) { return has(names, name); });
    };
    return within(table.primaryKey) || std::ranges::any_of(table.unique, within);
}

GraphTable graphTable(const content::Table &table)
{
    GraphTable made{fromUtf8(table.name), fromUtf8(table.description), {}};
    for (const content::TableColumn &column : table.columns) {
        const bool primary = has(table.primaryKey, column.name);
        const bool foreign =
            std::ranges::any_of(table.foreignKeys, [&](const auto &key) { return has(key.columns, column.name); });
        made.columns.push_back(
            {fromUtf8(column.name), fromUtf8(column.type), primary, foreign, column.notNull || primary});
    }
    return made;
}

} // namespace

SchemaGraph schemaGraph(const content::Problem &problem)
{
    SchemaGraph graph;
    for (const content::Table &table : problem.tables)
        graph.tables.push_back(graphTable(table));
    for (std::size_t child = 0; child < problem.tables.size(); ++child) {
        const content::Table &table = problem.tables[child];
        for (const content::ForeignKey &key : table.foreignKeys) {
            const auto parent = tableAt(problem, key.table);
            if (!parent)
                continue;
            const content::Table &referred = problem.tables[static_cast<std::size_t>(*parent)];
            const auto own = columnsAt(table, key.columns);
            const auto theirs = columnsAt(referred, key.referenced.empty() ? referred.primaryKey : key.referenced);
            if (!own || !theirs || own->size() != theirs->size() || own->empty())
                continue;
            const auto &columns = graph.tables[child].columns;
            const bool always =
                std::ranges::all_of(*own, [&](int at) { return columns[static_cast<std::size_t>(at)].notNull; });
            graph.links.push_back({static_cast<int>(child), *parent, *own, *theirs,
                                   areUnique(table, key.columns) ? Cardinality::ZeroOrOne : Cardinality::ZeroOrMany,
                                   always ? Cardinality::ExactlyOne : Cardinality::ZeroOrOne});
        }
    }
    return graph;
}

std::vector<int> joinPath(const SchemaGraph &graph, int from, int to)
{
    std::vector<int> cameBy(graph.tables.size(), -1);
    std::vector<int> cameFrom(graph.tables.size(), -1);
    std::deque<int> waiting{from};
    while (!waiting.empty() && from != to && cameBy[static_cast<std::size_t>(to)] < 0) {
        const int table = waiting.front();
        waiting.pop_front();
        for (std::size_t link = 0; link < graph.links.size(); ++link) {
            const GraphLink &each = graph.links[link];
            if (each.child != table && each.parent != table)
                continue;
            const int other = each.child == table ? each.parent : each.child;
            const auto at = static_cast<std::size_t>(other);
            if (other == from || cameBy[at] >= 0)
                continue;
            cameBy[at] = static_cast<int>(link);
            cameFrom[at] = table;
            waiting.push_back(other);
        }
    }
    std::vector<int> path;
    for (int table = to; table != from && cameBy[static_cast<std::size_t>(table)] >= 0;
         table = cameFrom[static_cast<std::size_t>(table)])
        path.push_back(cameBy[static_cast<std::size_t>(table)]);
    std::ranges::reverse(path);
    return path;
}

QString sqlName(const QString &name) { return fromUtf8(assist::quotedIfNeeded(name.toStdString())); }

QString joinCondition(const SchemaGraph &graph, const GraphLink &link)
{
    const GraphTable &child = graph.tables[static_cast<std::size_t>(link.child)];
    const GraphTable &parent = graph.tables[static_cast<std::size_t>(link.parent)];
    QStringList parts;
    for (std::size_t i = 0; i < link.childColumns.size(); ++i)
        parts << sqlName(child.name) + u'.' +
                     sqlName(child.columns[static_cast<std::size_t>(link.childColumns[i])].name) +
                     QStringLiteral(" = ") + sqlName(parent.name) + u'.' +
                     sqlName(parent.columns[static_cast<std::size_t>(link.parentColumns[i])].name);
    return parts.join(QStringLiteral(" AND "));
}

QString fromClause(const SchemaGraph &graph, int from, const std::vector<int> &path)
{
    const auto nameOf = [&](int table) { return sqlName(graph.tables[static_cast<std::size_t>(table)].name); };
    QString clause = nameOf(from);
    int at = from;
    for (const int step : path) {
        const GraphLink &link = graph.links[static_cast<std::size_t>(step)];
        at = link.child == at ? link.parent : link.child;
        clause += QStringLiteral("\nJOIN ") + nameOf(at) + QStringLiteral(" ON ") + joinCondition(graph, link);
    }
    return clause;
}

QString linkInWords(const SchemaGraph &graph, const GraphLink &link)
{
    const QString child = graph.tables[static_cast<std::size_t>(link.child)].name;
    const QString parent = graph.tables[static_cast<std::size_t>(link.parent)].name;
    const QString up = link.atParent == Cardinality::ExactlyOne ? tr("each row of %1 has exactly one of %2")
                                                                : tr("each row of %1 has one of %2 or none");
    const QString down = link.atChild == Cardinality::ZeroOrMany ? tr("each row of %1 has any number of %2")
                                                                 : tr("each row of %1 has one of %2 or none");
    return up.arg(child, parent) + QStringLiteral("; ") + down.arg(parent, child);
}

} // namespace sqlgym::models
