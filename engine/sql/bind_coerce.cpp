// Writing conversions into the tree: PostgreSQL's coerce_type and coerce_to_target_type.
#include "sql/binder.h"

#include "catalogue/type_oids.h"

namespace sqlgym::sql {

namespace type = catalogue::type;

namespace {

/// The function that applies a type modifier to its own type: a pg_cast row from a type to itself.
Oid typmodFunction(Oid oid)
{
    const auto *row = catalogue::findType(oid);
    const Oid scalar = row && row->isTrueArray ? row->element : oid;
    const auto *cast = catalogue::findCast(scalar, scalar);
    return cast ? cast->function : 0;
}

} // namespace

Expr *Binder::applyCast(Expr *expr, CoercionPath path, Oid function, Oid to, std::int32_t typmod,
                        CoercionContext context, CoercionForm form, int location)
{
    switch (path) {
    case CoercionPath::Function: {
        const auto *row = catalogue::findFunction(function);
        auto *call = make<FunctionExpr>(location);
        call->function = function;
        call->type = to;
        call->implicitCast = form == CoercionForm::ImplicitCast;
        call->explicitCast = form == CoercionForm::ExplicitCast;
        call->arguments.push_back(expr);
        if (row->arguments.size() >= 2)
            call->arguments.push_back(makeInt4(typmod));
        if (row->arguments.size() >= 3)
            call->arguments.push_back(makeBool(context == CoercionContext::Explicit));
        call->typmod = row->arguments.size() >= 2 ? typmod : -1;
        // One function serves several types of the same bits: int4(int2) makes oids too.
        if (row->result == type::kInt4 && to != type::kInt4) {
            call->type = row->result;
            return applyCast(call, CoercionPath::Relabel, 0, to, -1, context, form, location);
        }
        return call;
    }
    case CoercionPath::ViaText: {
        auto *convert = make<ConvertViaTextExpr>(location);
        convert->type = to;
        convert->argument = expr;
        convert->implicitCast = form == CoercionForm::ImplicitCast;
        return convert;
    }
    case CoercionPath::Array: {
        auto *convert = make<ArrayConvertExpr>(location);
        auto *input = make<CaseInputExpr>(location);
        const Oid fromElement = catalogue::findType(expr->type)->element;
        const Oid toElement = catalogue::findType(to)->element;
        input->type = fromElement;
        convert->type = to;
        convert->typmod = typmod;
        convert->argument = expr;
        Oid elementFunction = 0;
        const auto elementPath = findPath(toElement, fromElement, context, elementFunction);
        convert->element = fromElement == toElement ? input
                                                    : applyCast(input, elementPath, elementFunction, toElement, typmod,
                                                                context, form, location);
        if (typmod >= 0)
            convert->element = coerceTypmod(convert->element, toElement, typmod, context, form, location);
        return convert;
    }
    case CoercionPath::Relabel:
    case CoercionPath::None:
        break;
    }
    auto *relabel = make<RelabelExpr>(location);
    relabel->type = to;
    relabel->argument = expr;
    relabel->implicitCast = form == CoercionForm::ImplicitCast;
    return relabel;
}

Expr *Binder::coerce(Expr *expr, Oid to, std::int32_t typmod, CoercionContext context, CoercionForm form, int location)
{
    if (expr->type == to || to == type::kAny || to == type::kAnyelement || to == type::kAnynonarray ||
        to == type::kAnycompatible || to == type::kAnycompatiblenonarray)
        return expr;
    if (isPolymorphic(to) && expr->type != type::kUnknown)
        return expr;
    if (expr->type == type::kUnknown) {
        if (auto *literal = as<ConstantExpr>(expr)) {
            // Only interval takes its modifier while reading; the others are cut to size by a function afterwards.
            const std::int32_t inputTypmod = to == type::kInterval ? typmod : -1;
            const Datum value = literal->value.isNull
                                    ? Datum::null()
                                    : literalInput(to, literal->value.text(), inputTypmod, literal->location);
            return makeConstant(to, value, literal->location, inputTypmod);
        }
    }
    Oid function = 0;
    const CoercionPath path = findPath(to, expr->type, context, function);
    if (path == CoercionPath::None && expr->type == type::kUnknown)
        return applyCast(expr, CoercionPath::ViaText, 0, to, typmod, context, form, location);
    if (path == CoercionPath::None)
        decline("a conversion from " + typeText(expr->type) + " to " + typeText(to));
    return applyCast(expr, path, function, to, typmod, context, form, location);
}

Expr *Binder::coerceTypmod(Expr *expr, Oid to, std::int32_t typmod, CoercionContext context, CoercionForm form,
                           int location)
{
    if (expr->typmod == typmod)
        return expr;
    // Without a modifier there is nothing to compute, but the expression no longer has one.
    const Oid function = typmod < 0 ? 0 : typmodFunction(to);
    if (!function) {
        auto *relabel = make<RelabelExpr>(location);
        relabel->type = to;
        relabel->typmod = typmod;
        relabel->argument = expr;
        relabel->implicitCast = form == CoercionForm::ImplicitCast;
        return relabel;
    }
    const auto *row = catalogue::findType(to);
    if (row->isTrueArray) {
        auto *convert = make<ArrayConvertExpr>(location);
        auto *input = make<CaseInputExpr>(location);
        input->type = row->element;
        convert->type = to;
        convert->typmod = typmod;
        convert->argument = expr;
        convert->element =
            applyCast(input, CoercionPath::Function, function, row->element, typmod, context, form, location);
        return convert;
    }
    return applyCast(expr, CoercionPath::Function, function, to, typmod, context, form, location);
}

Expr *Binder::coerceTo(Expr *expr, Oid to, std::int32_t typmod, CoercionContext context, CoercionForm form,
                       int location)
{
    if (expr->type != to && !canCoerce(expr->type, to, context))
        return nullptr;
    Expr *result = coerce(expr, to, typmod, context, form, location);
    return coerceTypmod(result, to, typmod, context, form, location);
}

Expr *Binder::coerceToBoolean(Expr *expr, const char *construct)
{
    if (expr->type == type::kBool)
        return expr;
    Expr *result = coerceTo(expr, type::kBool, -1, CoercionContext::Assignment, CoercionForm::ImplicitCast, -1);
    if (!result)
        fail("42804",
             std::string("argument of ") + construct + " must be type boolean, not type " + typeText(expr->type),
             locationOf(expr));
    return result;
}

Expr *Binder::coerceToType(Expr *expr, Oid to, const char *construct)
{
    if (expr->type == to)
        return expr;
    Expr *result = coerceTo(expr, to, -1, CoercionContext::Assignment, CoercionForm::ImplicitCast, -1);
    if (!result)
        fail("42804",
             std::string("argument of ") + construct + " must be type " + typeText(to) + ", not type " +
                 typeText(expr->type),
             locationOf(expr));
    return result;
}

Expr *Binder::coerceToCommon(Expr *expr, Oid to, const char *context)
{
    if (expr->type == to)
        return expr;
    if (!canCoerce(expr->type, to, CoercionContext::Implicit))
        fail("42846", std::string(context) + " could not convert type " + typeText(expr->type) + " to " + typeText(to),
             locationOf(expr));
    return coerce(expr, to, -1, CoercionContext::Implicit, CoercionForm::ImplicitCast, -1);
}

} // namespace sqlgym::sql
