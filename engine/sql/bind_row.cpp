// Whole rows of tables: their fields, their expansion, and rows that are or are not distinct.
#include "sql/binder.h"

#include "catalogue/type_oids.h"

#include <algorithm>

namespace sqlgym::sql {

namespace type = catalogue::type;

/// What FROM offers under the row that `record` is; nullptr: it is no row of a table or subquery.
const NamespaceItem *Binder::itemOfRow(Scope &scope, const Expr *record) const
{
    const auto *row = as<ColumnExpr>(record);
    if (!row || row->column != -1 || row->range < 0)
        return nullptr;
    const auto &items = scopeAt(scope, row->levelsUp)->items;
    const auto found = std::ranges::find(items, row->range, &NamespaceItem::range);
    return found == items.end() ? nullptr : &*found;
}

Expr *Binder::bindField(Scope &scope, Expr *record, std::string_view name, int location)
{
    if (const auto *item = itemOfRow(scope, record)) {
        const auto column = std::ranges::find(item->columns, name, &NamedColumn::name);
        if (column != item->columns.end())
            return columnOf(scope, *item, *column, as<ColumnExpr>(record)->levelsUp, location);
        // A function of one argument may be written like a field.
        if (!catalogue::functionsNamed(name).empty())
            decline("a function written like a field");
        fail("42703", "column " + item->name + "." + std::string(name) + " does not exist", location);
    }
    if (!as<ColumnExpr>(record) && record->type != type::kRecord) {
        fail("42809",
             "column notation ." + std::string(name) + " applied to type " + typeText(record->type) +
                 ", which is not a composite type",
             location);
    }
    decline("fields of a row value");
}

/// (t).* in a list. False: `node` is something else.
bool Binder::expandRow(Scope &scope, const Node &node, Place place, std::vector<TargetEntry> &out)
{
    if (node.node_case != PG_QUERY__NODE__NODE_A_INDIRECTION)
        return false;
    const auto &steps = *node.a_indirection;
    if (steps.n_indirection == 0 ||
        steps.indirection[steps.n_indirection - 1]->node_case != PG_QUERY__NODE__NODE_A_STAR)
        return false;
    Expr *record = steps.n_indirection == 1 ? bindExpr(scope, steps.arg, place) : nullptr;
    const auto *item = record ? itemOfRow(scope, record) : nullptr;
    if (!item)
        decline("(row).*");
    expandItem(scope, *item, as<ColumnExpr>(record)->levelsUp, locationOf(record), out);
    return true;
}

/// (a, b) IS [NOT] DISTINCT FROM (c, d): some pair is distinct.
Expr *Binder::rowsDistinct(const RowExpr &left, const RowExpr &right, bool isNot, int location)
{
    if (left.fields.size() != right.fields.size())
        fail("42601", "unequal number of entries in row expressions", location);
    if (left.fields.empty())
        decline("rows without fields");
    std::vector<Expr *> parts;
    for (std::size_t i = 0; i < left.fields.size(); ++i)
        parts.push_back(distinctOf(left.fields[i], right.fields[i], false, location));
    Expr *any = parts.size() == 1 ? parts.front() : makeBoolean(BooleanOp::Or, std::move(parts), location);
    return isNot ? makeBoolean(BooleanOp::Not, {any}, location) : any;
}

} // namespace sqlgym::sql
