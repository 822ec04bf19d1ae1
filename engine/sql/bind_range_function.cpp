// Functions in FROM: set-returning or not, ROWS FROM, WITH ORDINALITY, column aliases.
#include "sql/binder.h"

#include "catalogue/type_oids.h"

namespace sqlgym::sql {

namespace type = catalogue::type;

FromNode *Binder::bindRangeFunction(Scope &scope, const PgQuery__RangeFunction &function,
                                    std::vector<NamespaceItem> &out)
{
    if (function.n_coldeflist > 0)
        decline("a column definition list for a function in FROM");
    RangeEntry entry;
    entry.kind = RangeKind::Function;
    // Functions in FROM may refer to what stands left of them: LATERAL is implied.
    entry.lateral = true;
    const bool wasActive = scope.lateralActive;
    scope.lateralActive = true;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < function.n_functions; ++i) {
        const auto &pair = *function.functions[i]->list;
        if (pair.n_items > 1 && pair.items[1]->node_case == PG_QUERY__NODE__NODE_LIST &&
            pair.items[1]->list->n_items > 0)
            decline("a column definition list for a function in FROM");
        const Node *call = pair.items[0];
        // unnest(a, b, ...) in FROM is several unnests side by side.
        if (call->node_case == PG_QUERY__NODE__NODE_FUNC_CALL && call->func_call->n_args > 1 &&
            stringsOf(call->func_call->funcname, call->func_call->n_funcname).back() == "unnest")
            decline("unnest() of several arrays at once");
        entry.functions.push_back(bindExpr(scope, call, Place::FromFunction));
        names.push_back(columnName(*call));
    }
    scope.lateralActive = wasActive;
    const bool only = entry.functions.size() == 1;
    for (std::size_t i = 0; i < entry.functions.size(); ++i) {
        auto columns = functionColumns(*entry.functions[i], names[i], function, only);
        entry.functionColumns.push_back(static_cast<int>(columns.size()));
        entry.columns.insert(entry.columns.end(), columns.begin(), columns.end());
    }
    entry.ordinality = function.ordinality;
    if (entry.ordinality)
        entry.columns.push_back({"ordinality", type::kInt8, -1, 0});
    entry.alias = names.front();
    return addRange(scope, std::move(entry), function.alias, out);
}

std::vector<ResultColumn> Binder::functionColumns(Expr &expr, const std::string &name,
                                                  const PgQuery__RangeFunction &range, bool only)
{
    const auto *call = as<FunctionExpr>(&expr);
    const auto *row = call ? catalogue::findFunction(call->function) : nullptr;
    if (row && !call->op && row->outputTypes.size() > 1) {
        std::vector<ResultColumn> columns;
        for (std::size_t i = 0; i < row->outputTypes.size(); ++i) {
            if (isPolymorphic(row->outputTypes[i]))
                decline("the function " + name + " in FROM");
            columns.push_back({std::string(row->outputNames[i]), row->outputTypes[i], -1, 0});
        }
        return columns;
    }
    if (expr.type == type::kRecord)
        fail("42601", "a column definition list is required for functions returning \"record\"", expr.location);
    if (const auto *kind = catalogue::findType(expr.type); !kind || kind->kind == 'c')
        decline("a function that returns rows of a composite type");
    // A scalar's column is named after its OUT argument, else after the alias of the only function, else the function.
    std::string column = name;
    if (row && !call->op && row->outputNames.size() == 1)
        column = row->outputNames.front();
    else if (only && range.alias)
        column = range.alias->aliasname;
    return {{column, expr.type, expr.typmod, 0}};
}

} // namespace sqlgym::sql
