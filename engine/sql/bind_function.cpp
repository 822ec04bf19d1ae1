// Function calls: candidates, the best of them, defaults, VARIADIC, and what is a cast in disguise (manual 10.3).
#include "sql/binder.h"

#include "catalogue/type_oids.h"

#include <algorithm>

namespace sqlgym::sql {

namespace type = catalogue::type;

namespace {

std::string signatureOf(const std::string &name, const std::vector<Expr *> &arguments,
                        const std::vector<std::string> &names)
{
    std::string text = name + "(";
    const std::size_t positional = arguments.size() - names.size();
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        text += i ? ", " : "";
        if (i >= positional)
            text += names[i - positional] + " => ";
        text += typeText(arguments[i]->type);
    }
    return text + ")";
}

bool containsSetFunction(const Expr &expr)
{
    const auto *call = as<FunctionExpr>(&expr);
    return call && call->returnsSet;
}

} // namespace

std::vector<Binder::Candidate> Binder::functionCandidates(const std::string &name, std::size_t count,
                                                          const std::vector<std::string> &names, bool expandVariadic)
{
    std::vector<Candidate> out;
    for (const auto *row : catalogue::functionsNamed(name)) {
        Candidate candidate;
        candidate.function = row;
        const std::size_t declared = row->arguments.size();
        if (!names.empty()) {
            // Named notation: each given name must be an argument's, after the positional ones.
            const std::size_t positional = count - names.size();
            if (row->variadic || declared < count || row->argumentNames.size() != declared)
                continue;
            std::vector<int> given(declared, -1);
            bool fits = true;
            for (std::size_t i = 0; i < positional; ++i)
                given[i] = static_cast<int>(i);
            for (std::size_t i = 0; i < names.size() && fits; ++i) {
                const auto at = std::ranges::find(row->argumentNames, names[i]);
                const auto index = static_cast<std::size_t>(at - row->argumentNames.begin());
                fits = at != row->argumentNames.end() && given[index] < 0;
                if (fits)
                    given[index] = static_cast<int>(positional + i);
            }
            for (std::size_t i = 0; i < declared && fits; ++i)
                fits = given[i] >= 0 || i + row->defaultCount >= declared;
            if (!fits)
                continue;
            candidate.types.resize(count);
            for (std::size_t i = 0; i < declared; ++i) {
                if (given[i] >= 0)
                    candidate.types[static_cast<std::size_t>(given[i])] = row->arguments[i];
            }
            candidate.order = given;
            candidate.defaultsUsed = static_cast<int>(declared - count);
            out.push_back(std::move(candidate));
            continue;
        }
        const bool spread = expandVariadic && row->variadic && count >= declared;
        if (count != declared && !spread && !(count < declared && count + row->defaultCount >= declared))
            continue;
        candidate.types.assign(row->arguments.begin(),
                               row->arguments.begin() + static_cast<std::ptrdiff_t>(std::min(count, declared)));
        if (spread) {
            candidate.variadicCount = static_cast<int>(count - declared + 1);
            candidate.types.resize(declared - 1);
            candidate.types.insert(candidate.types.end(), count - declared + 1, row->variadic);
        } else if (count < declared) {
            candidate.defaultsUsed = static_cast<int>(declared - count);
        }
        // The same argument types twice: the plainer one wins (no VARIADIC, fewer defaults).
        const auto same =
            std::ranges::find_if(out, [&](const Candidate &other) { return other.types == candidate.types; });
        if (same == out.end())
            out.push_back(std::move(candidate));
        else if (candidate.variadicCount == 0 &&
                 (same->variadicCount > 0 || same->defaultsUsed > candidate.defaultsUsed))
            *same = std::move(candidate);
    }
    return out;
}

/// The schema is looked up after the arguments.
void Binder::checkFunctionSchema(const PgQuery__FuncCall &call) const
{
    const auto names = stringsOf(call.funcname, call.n_funcname);
    if (names.size() > 2)
        failQualified(names, "function", false, call.location);
    if (names.size() < 2 || names[0] == "pg_catalog")
        return;
    if (!m_schema.hasSchema(names[0]) && names[0] != "information_schema")
        fail("3F000", "schema \"" + names[0] + "\" does not exist", call.location);
    decline("functions of schema " + names[0]);
}

Expr *Binder::bindFunctionCall(Scope &scope, const PgQuery__FuncCall &call)
{
    const auto names = stringsOf(call.funcname, call.n_funcname);
    std::vector<Expr *> arguments;
    std::vector<std::string> argumentNames;
    for (std::size_t i = 0; i < call.n_args; ++i) {
        const Node *argument = call.args[i];
        if (argument->node_case == PG_QUERY__NODE__NODE_NAMED_ARG_EXPR) {
            if (std::ranges::find(argumentNames, argument->named_arg_expr->name) != argumentNames.end())
                fail("42601",
                     "argument name \"" + std::string(argument->named_arg_expr->name) + "\" used more than once",
                     argument->named_arg_expr->location);
            argumentNames.emplace_back(argument->named_arg_expr->name);
            arguments.push_back(bindNode(scope, argument->named_arg_expr->arg));
        } else {
            if (!argumentNames.empty())
                fail("42601", "positional argument cannot follow named argument", locationOf(argument));
            arguments.push_back(bindNode(scope, argument));
        }
    }
    constexpr std::size_t kMaxArguments = 100;
    if (arguments.size() > kMaxArguments)
        fail("54023", "cannot pass more than 100 arguments to a function", call.location);
    return functionCall(scope, call, names.back(), std::move(arguments), argumentNames);
}

Expr *Binder::functionCall(Scope &scope, const PgQuery__FuncCall &call, const std::string &name,
                           std::vector<Expr *> arguments, const std::vector<std::string> &argumentNames)
{
    const int location = call.location;
    // As the statement (or the grammar, for SQL's own syntax) names it.
    const std::string shown = call.n_funcname > 1 ? stringsOf(call.funcname, 1).front() + "." + name : name;
    Expr *filter = nullptr;
    if (call.agg_filter)
        filter = coerceToBoolean(bindExpr(scope, call.agg_filter, Place::Filter), "FILTER");
    std::vector<Expr *> sorted;
    if (call.agg_within_group) {
        for (std::size_t i = 0; i < call.n_agg_order; ++i)
            sorted.push_back(bindNode(scope, call.agg_order[i]->sort_by->node));
        arguments.insert(arguments.end(), sorted.begin(), sorted.end());
    }
    std::vector<Oid> types;
    for (const auto *argument : arguments)
        types.push_back(argument->type);
    if (std::ranges::find(types, type::kVoid) != types.end())
        decline("arguments of type void");

    checkFunctionSchema(call);

    // f(x) where f is a column of x's row type is a field selection; composite arguments are rare enough to decline.
    auto candidates = functionCandidates(name, arguments.size(), argumentNames, !call.func_variadic);
    const auto exact = std::ranges::find_if(candidates, [&](const Candidate &c) { return c.types == types; });
    Candidate best;
    bool found = exact != candidates.end();
    if (found)
        best = *exact;
    if (!found && arguments.size() == 1 && argumentNames.empty() && !call.agg_star && !call.over && !filter &&
        !call.agg_distinct && call.n_agg_order == 0 && !call.func_variadic) {
        // A type's name called as a function is a cast, where the cast is trivial or through text.
        if (const Oid target = typeFromNames({name}); target) {
            Oid function = 0;
            const auto path = findPath(target, types[0], CoercionContext::Explicit, function);
            const bool isCast =
                types[0] == type::kUnknown || path == CoercionPath::Relabel ||
                (path == CoercionPath::ViaText && !(types[0] == type::kRecord && categoryOf(target) == 'S'));
            if (isCast) {
                Expr *cast =
                    coerce(arguments[0], target, -1, CoercionContext::Explicit, CoercionForm::ExplicitCast, location);
                return cast;
            }
        }
    }
    if (!found) {
        auto fitting = matching(candidates, types);
        if (fitting.size() == 1) {
            best = fitting.front();
            found = true;
        } else if (fitting.size() > 1) {
            const auto *chosen = selectCandidate(fitting, types);
            if (!chosen)
                fail("42725", "function " + signatureOf(shown, arguments, argumentNames) + " is not unique", location,
                     {}, "Could not choose a best candidate function. You might need to add explicit type casts.");
            best = *chosen;
            found = true;
        }
    }
    if (!found) {
        if (call.n_agg_order > 1 && !call.agg_within_group)
            fail("42883", "function " + signatureOf(shown, arguments, argumentNames) + " does not exist", location, {},
                 "No aggregate function matches the given name and argument types. Perhaps you misplaced ORDER BY; "
                 "ORDER BY must appear after all regular arguments of the aggregate.");
        fail("42883", "function " + signatureOf(shown, arguments, argumentNames) + " does not exist", location, {},
             "No function matches the given name and argument types. You might need to add explicit type casts.");
    }
    const auto &row = *best.function;
    const std::string &quoted = name;
    if (row.kind == 'f') {
        if (call.agg_star)
            fail("42809", quoted + "(*) specified, but " + quoted + " is not an aggregate function", location);
        if (call.agg_distinct)
            fail("42809", "DISTINCT specified, but " + quoted + " is not an aggregate function", location);
        if (call.agg_within_group)
            fail("42809", "WITHIN GROUP specified, but " + quoted + " is not an ordered-set aggregate function",
                 location);
        if (call.n_agg_order > 0)
            fail("42809", "ORDER BY specified, but " + quoted + " is not an aggregate function", location);
        if (filter)
            fail("42809", "FILTER specified, but " + quoted + " is not an aggregate function", location);
        if (call.over)
            fail("42809", "OVER specified, but " + quoted + " is not a window function nor an aggregate function",
                 location);
    }
    if (row.kind == 'w') {
        if (!call.over)
            fail("42809", "window function " + quoted + " requires an OVER clause", location);
        if (call.agg_within_group)
            fail("42809", "window function " + quoted + " cannot have WITHIN GROUP", location);
    }

    // Named notation and defaults: put what was given in its place and bind the missing defaults' own text.
    std::vector<Oid> declared = best.types;
    if (best.defaultsUsed > 0 || !best.order.empty()) {
        std::vector<Expr *> placed(row.arguments.size(), nullptr);
        for (std::size_t i = 0; i < placed.size(); ++i) {
            const int from = best.order.empty() ? (i < arguments.size() ? static_cast<int>(i) : -1) : best.order[i];
            if (from >= 0) {
                placed[i] = arguments[static_cast<std::size_t>(from)];
            } else {
                const auto text = row.defaultTexts[i + row.defaultCount - placed.size()];
                placed[i] = bindStandalone(text, nullptr, row.arguments[i], -1, Place::None);
            }
        }
        arguments = std::move(placed);
        declared.assign(row.arguments.begin(), row.arguments.end());
        types.clear();
        for (const auto *argument : arguments)
            types.push_back(argument->type);
    }
    const Oid result = resolvePolymorphic(declared, types, row.result);
    for (std::size_t i = 0; i < arguments.size(); ++i)
        arguments[i] = coerce(arguments[i], declared[i], -1, CoercionContext::Implicit, CoercionForm::ImplicitCast, -1);

    bool variadicArray = call.func_variadic;
    if (best.variadicCount > 0 && row.variadic != type::kAny) {
        const auto at = arguments.size() - static_cast<std::size_t>(best.variadicCount);
        auto *array = make<ArrayConstructorExpr>(location);
        array->elementType = declared[at];
        const auto *element = catalogue::findType(declared[at]);
        array->type = element ? element->array : 0;
        array->elements.assign(arguments.begin() + static_cast<std::ptrdiff_t>(at), arguments.end());
        arguments.resize(at);
        arguments.push_back(array);
        variadicArray = true;
    }
    if (call.func_variadic && row.variadic == type::kAny) {
        const auto *last = catalogue::findType(arguments.back()->type);
        if (!last || !last->isTrueArray)
            fail("42804", "VARIADIC argument must be an array", locationOf(arguments.back()));
        if (row.kind != 'f')
            decline("VARIADIC arrays for " + name + "()");
    }
    if (row.returnsSet)
        checkSetFunctionPlace(scope, location);
    if (row.kind == 'a') {
        if (call.over)
            return bindWindowCall(scope, call, row, std::move(arguments), result, filter);
        return bindAggregateCall(scope, call, row, std::move(arguments), result, variadicArray, filter);
    }
    if (row.kind == 'w')
        return bindWindowCall(scope, call, row, std::move(arguments), result, filter);
    for (const auto *argument : arguments) {
        if (row.returnsSet && containsSetFunction(*argument))
            decline("a set-returning function inside another");
    }
    if (row.symbol == "pg_typeof" && arguments.front()->type == type::kRecord && !as<RowExpr>(arguments.front()))
        decline("pg_typeof() of a whole row");
    auto *expr = make<FunctionExpr>(location);
    expr->function = row.oid;
    expr->type = result;
    expr->returnsSet = row.returnsSet;
    expr->variadicArray = variadicArray;
    expr->arguments = std::move(arguments);
    if (row.returnsSet) {
        scope.hasSetFunctions = true;
        scope.setFunctionLocation = location;
    }
    return expr;
}

} // namespace sqlgym::sql
