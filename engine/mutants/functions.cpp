// Functions and operators left out or taken for each other, fields and units of time, casts, division.
#include "mutants/families.h"

#include <map>
#include <set>

namespace sqlgym::mutants {

namespace {

using Words = std::map<std::string_view, std::vector<const char *>>;

const Words &units()
{
    static const Words kUnits{
        {"century", {"year"}},          {"year", {"month", "isoyear"}}, {"quarter", {"month", "year"}},
        {"month", {"day", "year"}},     {"week", {"day", "month"}},     {"day", {"month", "dow"}},
        {"dow", {"isodow", "day"}},     {"isodow", {"dow", "day"}},     {"hour", {"minute", "day"}},
        {"minute", {"second", "hour"}}, {"second", {"minute"}},         {"epoch", {"minute", "second"}},
    };
    return kUnits;
}

const Words &operators()
{
    static const Words kOperators{{"+", {"-"}}, {"-", {"+"}},    {"*", {"+", "/"}}, {"/", {"*"}},
                                  {"%", {"/"}}, {"->", {"->>"}}, {"->>", {"->"}}};
    return kOperators;
}

// Which argument is the value that comes through when the call is left out.
int valueOf(std::string_view name)
{
    static const std::set<std::string_view> kFirst{"lower", "upper",   "btrim",     "ltrim",   "rtrim",   "trim",
                                                   "round", "abs",     "floor",     "ceil",    "ceiling", "left",
                                                   "right", "replace", "substring", "initcap", "concat",  "trunc"};
    static const std::set<std::string_view> kSecond{"date_trunc", "timezone", "extract", "date_part"};
    return kFirst.contains(name) ? 0 : kSecond.contains(name) ? 1 : -1;
}

void calls(const Finder &finder, PgQuery__FuncCall &call)
{
    const std::string name(lastName(call.funcname, call.n_funcname));
    const int value = valueOf(name);
    if (value >= 0 && static_cast<std::size_t>(value) < call.n_args)
        finder.replace(name + "() is missing", call.args[value]);
    const auto rename = [&](const char *other) {
        finder.add(name + "() -> " + other + "()",
                   [&call, made = finder.nodes.columnRef({other})->column_ref->fields](Edits &edits) {
                       edits.set(call.n_funcname, 1U);
                       edits.set(call.funcname, made);
                       edits.set(call.funcformat, PG_QUERY__COERCION_FORM__COERCE_EXPLICIT_CALL);
                   });
    };
    static const Words kNames{{"lower", {"upper"}},         {"upper", {"lower"}}, {"btrim", {"ltrim", "rtrim"}},
                              {"round", {"floor", "ceil"}}, {"floor", {"round"}}, {"ceil", {"round"}}};
    if (const auto known = kNames.find(name); known != kNames.end()) {
        for (const char *other : known->second)
            rename(other);
    }
    if ((name == "extract" || name == "date_part" || name == "date_trunc") && call.n_args == 2) {
        const auto known = units().find(stringOf(call.args[0]));
        for (std::size_t i = 0; known != units().end() && i < known->second.size(); ++i)
            finder.add(
                "another unit of time: " + std::string(known->second[i]),
                [&call, unit = finder.nodes.text(known->second[i])](Edits &edits) { edits.set(call.args[0], unit); });
    }
    // An argument that may be left out, such as round()'s places.
    if (call.n_args > 1 && isConstant(call.args[call.n_args - 1]) && !call.over && name != "extract")
        finder.add(name + "() without its last argument",
                   [&call](Edits &edits) { edits.set(call.n_args, call.n_args - 1); });
}

void operations(const Finder &finder, PgQuery__AExpr &expr)
{
    const std::string name(lastName(expr.name, expr.n_name));
    if (expr.kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP)
        return;
    if (!expr.lexpr) {
        finder.replace("a sign is missing", expr.rexpr);
        return;
    }
    const auto known = operators().find(name);
    if (known == operators().end() && name != "||")
        return;
    if (known != operators().end()) {
        for (const char *other : known->second)
            finder.replace(name + " -> " + other, finder.nodes.operation(other, expr.lexpr, expr.rexpr));
    }
    finder.replace("the right side of " + name + " is missing", expr.lexpr);
    finder.replace("the left side of " + name + " is missing", expr.rexpr);
    if (name == "/")
        for (const bool left : {true, false}) {
            Node *whole = finder.nodes.cast(left ? expr.lexpr : expr.rexpr, "int8");
            finder.add("division of integers",
                       [&side = left ? expr.lexpr : expr.rexpr, whole](Edits &edits) { edits.set(side, whole); });
        }
}

} // namespace

void functions(const Finder &finder)
{
    if (Node *node = finder.spot.is(PG_QUERY__NODE__NODE_FUNC_CALL))
        calls(finder, *node->func_call);
    if (Node *node = finder.spot.is(PG_QUERY__NODE__NODE_A_EXPR))
        operations(finder, *node->a_expr);
    if (Node *node = finder.spot.is(PG_QUERY__NODE__NODE_TYPE_CAST); node && !isConstant(node->type_cast->arg))
        finder.replace("a cast is missing", node->type_cast->arg);
    if (Node *node = finder.spot.is(PG_QUERY__NODE__NODE_A_INDIRECTION);
        node && node->a_indirection->n_indirection == 1)
        finder.replace("a subscript is missing", node->a_indirection->arg);
}

} // namespace sqlgym::mutants
