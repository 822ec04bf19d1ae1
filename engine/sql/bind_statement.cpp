// Which kind of statement a parse tree is.
#include "sql/definition_binder.h"

#include "catalogue/type_oids.h"

#include <algorithm>

namespace sqlgym::sql {

namespace type = catalogue::type;

namespace {

/// INTO stands in the first SELECT of a UNION.
const PgQuery__IntoClause *intoOf(const PgQuery__SelectStmt &stmt)
{
    const auto *first = &stmt;
    while (first->larg)
        first = first->larg;
    return first->into_clause;
}

} // namespace

void DefinitionBinder::bindStatement(const PgQuery__RawStmt &raw)
{
    const Node &node = *raw.stmt;
    switch (node.node_case) {
    case PG_QUERY__NODE__NODE_SELECT_STMT:
        if (const auto *into = intoOf(*node.select_stmt))
            return bindTableAs(*node.select_stmt, *into, false);
        m_statement.kind = StatementKind::Select;
        m_statement.query = bindSelect(*node.select_stmt, nullptr, true);
        checkRowTypes(*m_statement.query);
        declineSequenceOrder(*m_statement.query);
        return;
    case PG_QUERY__NODE__NODE_INSERT_STMT:
    case PG_QUERY__NODE__NODE_UPDATE_STMT:
    case PG_QUERY__NODE__NODE_DELETE_STMT:
        m_statement.kind = StatementKind::Change;
        m_statement.query = bindChange(node, nullptr);
        checkRowTypes(*m_statement.query);
        declineSequenceOrder(*m_statement.query);
        return;
    case PG_QUERY__NODE__NODE_CREATE_STMT:
        return bindCreateTable(*node.create_stmt);
    case PG_QUERY__NODE__NODE_CREATE_TABLE_AS_STMT:
        return bindCreateTableAs(*node.create_table_as_stmt);
    case PG_QUERY__NODE__NODE_REFRESH_MAT_VIEW_STMT:
        return bindRefresh(*node.refresh_mat_view_stmt);
    case PG_QUERY__NODE__NODE_VIEW_STMT:
        return bindCreateView(*node.view_stmt, {});
    case PG_QUERY__NODE__NODE_CREATE_ENUM_STMT:
        return bindCreateEnum(*node.create_enum_stmt);
    case PG_QUERY__NODE__NODE_CREATE_DOMAIN_STMT:
        return bindCreateDomain(*node.create_domain_stmt);
    case PG_QUERY__NODE__NODE_DROP_STMT:
        return bindDrop(*node.drop_stmt);
    case PG_QUERY__NODE__NODE_TRUNCATE_STMT:
        return bindTruncate(*node.truncate_stmt);
    case PG_QUERY__NODE__NODE_ALTER_TABLE_STMT:
        return bindAlterTable(*node.alter_table_stmt);
    case PG_QUERY__NODE__NODE_RENAME_STMT:
        return bindRename(*node.rename_stmt);
    case PG_QUERY__NODE__NODE_CREATE_SEQ_STMT:
        return bindCreateSequence(*node.create_seq_stmt);
    case PG_QUERY__NODE__NODE_ALTER_SEQ_STMT:
        return bindAlterSequence(*node.alter_seq_stmt);
    case PG_QUERY__NODE__NODE_ALTER_ENUM_STMT:
        return bindAlterEnum(*node.alter_enum_stmt);
    case PG_QUERY__NODE__NODE_INDEX_STMT:
        return bindCreateIndex(*node.index_stmt);
    case PG_QUERY__NODE__NODE_TRANSACTION_STMT:
        return bindTransaction(*node.transaction_stmt);
    case PG_QUERY__NODE__NODE_VARIABLE_SET_STMT:
        return bindSet(*node.variable_set_stmt);
    case PG_QUERY__NODE__NODE_VARIABLE_SHOW_STMT:
        return bindShow(*node.variable_show_stmt);
    case PG_QUERY__NODE__NODE_COMMENT_STMT:
        return bindComment(*node.comment_stmt);
    case PG_QUERY__NODE__NODE_VACUUM_STMT:
        return bindAnalyze(*node.vacuum_stmt);
    default:
        decline(statementName(node));
    }
}

/// A whole row of a table has a type of the table's name, which has no place in our catalogue.
void Binder::checkRowTypes(const Query &query) const
{
    for (const auto &target : query.targets) {
        if (target.junk || (target.expr->type != type::kRecord && target.expr->type != type::kRecordArray))
            continue;
        // A whole row as such is shown under the table's name; what has been done to one has lost it.
        const auto *column = as<ColumnExpr>(target.expr);
        const bool isWhole = column && column->column == -1;
        if (!isWhole && target.expr->kind != ExprKind::Row)
            decline("a whole row of a table as a result column");
    }
}

std::string Binder::statementName(const Node &node) const
{
    std::string name = nodeName(node);
    if (const auto at = name.rfind("_stmt"); at != std::string::npos)
        name.resize(at);
    std::ranges::replace(name, '_', ' ');
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return name + " statements";
}

} // namespace sqlgym::sql
