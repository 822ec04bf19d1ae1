// Functions in FROM: set-returning or not, ROWS FROM, WITH ORDINALITY, column aliases.
#include "sql/binder.h"

#include "catalogue/type_oids.h"

#include <algorithm>
#include <span>

namespace sqlgym::sql {

namespace type = catalogue::type;

namespace {

bool isWideUnnest(const Node &node)
{
    if (node.node_case != PG_QUERY__NODE__NODE_FUNC_CALL)
        return false;
    const auto &call = *node.func_call;
    return call.n_args > 1 && call.n_funcname == 1 && std::string_view(call.funcname[0]->string->sval) == "unnest" &&
           call.n_agg_order == 0 && !call.agg_filter && !call.over && !call.agg_star && !call.agg_distinct &&
           !call.func_variadic;
}

} // namespace

FromNode *Binder::bindRangeFunction(Scope &scope, const PgQuery__RangeFunction &function,
                                    std::vector<NamespaceItem> &out)
{
    RangeEntry entry;
    entry.kind = RangeKind::Function;
    // Functions in FROM may refer to what stands left of them: LATERAL is implied.
    entry.lateral = true;
    const bool wasActive = scope.lateralActive;
    scope.lateralActive = true;
    std::vector<std::string> names;
    std::vector<std::vector<ResultColumn>> defined;
    for (std::size_t i = 0; i < function.n_functions; ++i) {
        const auto &pair = *function.functions[i]->list;
        const bool hasOwn = pair.n_items > 1 && pair.items[1]->node_case == PG_QUERY__NODE__NODE_LIST;
        std::span<Node *const> definitions{function.coldeflist, function.n_coldeflist};
        if (hasOwn && pair.items[1]->list->n_items > 0)
            definitions = {pair.items[1]->list->items, pair.items[1]->list->n_items};
        const Node *call = pair.items[0];
        // unnest(a, b, ...) in FROM is several unnests side by side.
        if (isWideUnnest(*call) && definitions.empty()) {
            bindWideUnnest(scope, *call->func_call, entry.functions);
            names.resize(entry.functions.size(), "unnest");
            defined.resize(entry.functions.size());
            continue;
        }
        entry.functions.push_back(bindExpr(scope, call, Place::FromFunction));
        names.push_back(columnName(*call));
        defined.push_back(definedColumns(*entry.functions.back(), definitions));
    }
    if (function.n_coldeflist > 0 && (function.ordinality || entry.functions.size() > 1))
        decline("a column definition list beside WITH ORDINALITY or other functions");
    scope.lateralActive = wasActive;
    const bool only = entry.functions.size() == 1;
    for (std::size_t i = 0; i < entry.functions.size(); ++i) {
        auto columns = defined[i].empty() ? functionColumns(*entry.functions[i], names[i], function, only) : defined[i];
        entry.functionColumns.push_back(static_cast<int>(columns.size()));
        entry.columns.insert(entry.columns.end(), columns.begin(), columns.end());
    }
    entry.ordinality = function.ordinality;
    if (entry.ordinality)
        entry.columns.push_back({"ordinality", type::kInt8, -1, 0});
    entry.alias = names.front();
    return addRange(scope, std::move(entry), function.alias, out);
}

/// unnest(a, b, ...) in FROM: several unnests side by side.
void Binder::bindWideUnnest(Scope &scope, const PgQuery__FuncCall &call, std::vector<Expr *> &out)
{
    PgQuery__String schema = PG_QUERY__STRING__INIT;
    std::string name = "pg_catalog"; // as PostgreSQL names it there, in errors too
    schema.sval = name.data();
    Node schemaNode = PG_QUERY__NODE__INIT;
    schemaNode.node_case = PG_QUERY__NODE__NODE_STRING;
    schemaNode.string = &schema;
    Node *names[] = {&schemaNode, call.funcname[0]};
    for (std::size_t i = 0; i < call.n_args; ++i) {
        PgQuery__FuncCall one = call;
        one.n_funcname = 2;
        one.funcname = names;
        one.n_args = 1;
        one.args = call.args + i;
        Node node = PG_QUERY__NODE__INIT;
        node.node_case = PG_QUERY__NODE__NODE_FUNC_CALL;
        node.func_call = &one;
        out.push_back(bindExpr(scope, &node, Place::FromFunction));
    }
}

std::vector<ResultColumn> Binder::definedColumns(Expr &expr, std::span<Node *const> definitions)
{
    std::vector<ResultColumn> columns;
    if (definitions.empty())
        return columns;
    const int location = definitions.front()->column_def->location;
    auto *call = as<FunctionExpr>(&expr);
    const auto *row = call && !call->op ? catalogue::findFunction(call->function) : nullptr;
    if (row && row->outputTypes.size() > 1)
        fail("42601", "a column definition list is redundant for a function with OUT parameters", location);
    if (expr.type != type::kRecord)
        fail("42601", "a column definition list is only allowed for functions returning \"record\"", location);
    static constexpr std::string_view kKnown[] = {"json_to_record", "json_to_recordset", "jsonb_to_record",
                                                  "jsonb_to_recordset"};
    if (!row || std::ranges::find(kKnown, row->symbol) == std::end(kKnown))
        decline("a column definition list for this function");
    call->returnsSet = true; // read by next(), even where there is but one row
    for (const Node *node : definitions) {
        const auto &definition = *node->column_def;
        if (definition.coll_clause)
            decline("COLLATE");
        std::int32_t typmod = -1;
        const Oid oid = bindTypeName(*definition.type_name, typmod);
        const auto *kind = catalogue::findType(oid);
        if (!kind || kind->kind == 'c' || kind->kind == 'd' || kind->kind == 'p')
            decline("a column of such a type in a column definition list");
        for (const auto &column : columns) {
            if (column.name == definition.colname)
                fail("42701", std::string("column name \"") + definition.colname + "\" specified more than once", -1);
        }
        columns.push_back({definition.colname, oid, typmod, 0});
    }
    return columns;
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
