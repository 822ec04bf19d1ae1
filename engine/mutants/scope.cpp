// Names to tables, as far as the text says it: enough to find columns that may be taken for each other.
#include "mutants/families.h"

#include <algorithm>
#include <span>

namespace sqlgym::mutants {

namespace {

/// Without lengths, and with the types together that are compared with each other.
std::string plain(const std::string &type)
{
    const std::string base = type.substr(0, type.find('('));
    const bool array = type.ends_with("[]");
    if (base.starts_with("varchar") || base.starts_with("char") || base.starts_with("text"))
        return array ? "text[]" : "text";
    return base + (array ? "[]" : "");
}

void eachTable(const Node *item, bool &outer, const std::function<void(const PgQuery__RangeVar &)> &visit)
{
    if (!item)
        return;
    if (item->node_case == PG_QUERY__NODE__NODE_JOIN_EXPR) {
        outer = outer || item->join_expr->jointype != PG_QUERY__JOIN_TYPE__JOIN_INNER;
        eachTable(item->join_expr->larg, outer, visit);
        eachTable(item->join_expr->rarg, outer, visit);
    } else if (item->node_case == PG_QUERY__NODE__NODE_RANGE_VAR) {
        visit(*item->range_var);
    }
}

std::string nameOf(const PgQuery__RangeVar &var) { return var.alias ? var.alias->aliasname : var.relname; }

} // namespace

Scope::Scope(Node *&statement, const std::vector<TableShape> &tables) : m_tables(tables)
{
    const auto note = [&](const PgQuery__RangeVar &var, const PgQuery__SelectStmt *in) {
        m_named.push_back({nameOf(var), named(var.relname), in});
    };
    walk(statement, [&](const Spot &spot) {
        bool outer = false;
        const auto noteAll = [&](Node *const *items, std::size_t count, const PgQuery__SelectStmt *in) {
            for (std::size_t i = 0; i < count; ++i)
                eachTable(items[i], outer, [&](const PgQuery__RangeVar &var) { note(var, in); });
        };
        if (spot.select)
            noteAll(spot.select->from_clause, spot.select->n_from_clause, spot.select);
        if (const Node *node = spot.is(PG_QUERY__NODE__NODE_UPDATE_STMT)) {
            note(*node->update_stmt->relation, nullptr);
            noteAll(node->update_stmt->from_clause, node->update_stmt->n_from_clause, nullptr);
        }
        if (const Node *node = spot.is(PG_QUERY__NODE__NODE_DELETE_STMT)) {
            note(*node->delete_stmt->relation, nullptr);
            noteAll(node->delete_stmt->using_clause, node->delete_stmt->n_using_clause, nullptr);
        }
        if (const Node *node = spot.is(PG_QUERY__NODE__NODE_INSERT_STMT);
            node && node->insert_stmt->on_conflict_clause) {
            note(*node->insert_stmt->relation, nullptr);
            m_named.push_back({"excluded", named(node->insert_stmt->relation->relname), nullptr});
        }
    });
}

const TableShape *Scope::named(std::string_view name) const
{
    const auto found = std::ranges::find(m_tables, name, &TableShape::name);
    return found == m_tables.end() ? nullptr : &*found;
}

const TableShape *Scope::tableOf(const PgQuery__ColumnRef &ref, const PgQuery__SelectStmt *within) const
{
    const TableShape *table = nullptr;
    if (ref.n_fields == 2) {
        const std::string_view alias = lastName(ref.fields, 1);
        for (const bool inner : {true, false}) {
            for (const Named &one : m_named) {
                if (one.alias != alias || (inner && one.in != within))
                    continue;
                if (table && table != one.table)
                    return nullptr;
                table = one.table;
            }
            if (table)
                return table;
        }
        return table;
    }
    const std::string_view column = lastName(ref.fields, ref.n_fields);
    for (const Named &one : m_named) {
        if (one.in != within)
            continue;
        if (!one.table)
            return nullptr;
        if (std::ranges::find(one.table->columns, column, &TableShape::Column::name) == one.table->columns.end())
            continue;
        if (table)
            return nullptr;
        table = one.table;
    }
    return table;
}

std::vector<std::string> Scope::siblings(const PgQuery__ColumnRef &ref, const PgQuery__SelectStmt *within) const
{
    const TableShape *table = tableOf(ref, within);
    const std::string_view name = lastName(ref.fields, ref.n_fields);
    if (!table)
        return {};
    const auto self = std::ranges::find(table->columns, name, &TableShape::Column::name);
    std::vector<std::string> out;
    for (const auto &column : table->columns) {
        if (self != table->columns.end() && column.name != name && plain(column.type) == plain(self->type))
            out.push_back(column.name);
    }
    return out;
}

bool Scope::neverNull(const PgQuery__ColumnRef &ref, const PgQuery__SelectStmt *within) const
{
    bool outer = within == nullptr;
    for (std::size_t i = 0; within && i < within->n_from_clause; ++i)
        eachTable(within->from_clause[i], outer, [](const PgQuery__RangeVar &) {});
    const TableShape *table = outer ? nullptr : tableOf(ref, within);
    if (!table)
        return false;
    const auto column =
        std::ranges::find(table->columns, lastName(ref.fields, ref.n_fields), &TableShape::Column::name);
    return column != table->columns.end() && column->notNull;
}

namespace {

bool listed(const PgQuery__SelectStmt &select, const std::function<bool(const PgQuery__ResTarget &)> &matches)
{
    return std::ranges::any_of(std::span(select.target_list, select.n_target_list), [&](const Node *target) {
        return target->node_case == PG_QUERY__NODE__NODE_RES_TARGET && matches(*target->res_target);
    });
}

std::string packed(const Node &node)
{
    std::string out(pg_query__node__get_packed_size(&node), '\0');
    pg_query__node__pack(&node, reinterpret_cast<std::uint8_t *>(out.data()));
    return out;
}

// Where it stands in the text is part of a node.
std::string withoutPlace(const Node &node)
{
    if (isColumn(&node))
        return std::string(lastName(node.column_ref->fields, node.column_ref->n_fields));
    return packed(node);
}

} // namespace

bool Scope::rowsDiffer(const PgQuery__SelectStmt &select) const
{
    if (select.n_group_clause > 0)
        return std::ranges::all_of(std::span(select.group_clause, select.n_group_clause), [&](const Node *key) {
            return isConstant(key) || // GROUP BY 1
                   listed(select, [&](const PgQuery__ResTarget &target) {
                       return target.val && withoutPlace(*target.val) == withoutPlace(*key);
                   });
        });
    if (select.n_from_clause != 1 || select.from_clause[0]->node_case != PG_QUERY__NODE__NODE_RANGE_VAR)
        return false;
    const TableShape *table = named(select.from_clause[0]->range_var->relname);
    return table && !table->primaryKey.empty() && std::ranges::all_of(table->primaryKey, [&](const std::string &key) {
               return listed(select, [&](const PgQuery__ResTarget &target) {
                   return isColumn(target.val) &&
                          lastName(target.val->column_ref->fields, target.val->column_ref->n_fields) == key;
               });
           });
}

std::vector<std::vector<std::string>> Scope::columnsOf(const PgQuery__SelectStmt &select) const
{
    std::vector<std::vector<std::string>> out;
    for (const bool notNull : {false, true}) {
        for (const Named &one : m_named) {
            for (std::size_t i = 0; one.in == &select && one.table && i < one.table->columns.size(); ++i) {
                if (one.table->columns[i].notNull == notNull)
                    out.push_back({one.alias, one.table->columns[i].name});
            }
        }
    }
    return out;
}

} // namespace sqlgym::mutants
