// Which type converts to which, and what a list of expressions has in common (manual, chapter 10).
#include "sql/binder.h"

#include "catalogue/type_oids.h"

namespace sqlgym::sql {

namespace type = catalogue::type;
using catalogue::CastContext;
using catalogue::CastMethod;

namespace {

bool allows(CoercionContext asked, CastContext needed)
{
    switch (needed) {
    case CastContext::Implicit:
        return true;
    case CastContext::Assignment:
        return asked != CoercionContext::Implicit;
    case CastContext::Explicit:
        return asked == CoercionContext::Explicit;
    }
    return false;
}

Oid elementOf(Oid oid)
{
    const auto *row = catalogue::findType(oid);
    return row && row->isTrueArray ? row->element : 0;
}

} // namespace

CoercionPath Binder::findPath(Oid to, Oid from, CoercionContext context, Oid &function) const
{
    function = 0;
    if (to == from)
        return CoercionPath::Relabel;
    if (const auto *cast = catalogue::findCast(from, to)) {
        if (!allows(context, cast->context))
            return CoercionPath::None;
        switch (cast->method) {
        case CastMethod::Function:
            function = cast->function;
            return CoercionPath::Function;
        case CastMethod::InOut:
            return CoercionPath::ViaText;
        case CastMethod::Binary:
            return CoercionPath::Relabel;
        }
    }
    if (to != type::kOidvector && to != type::kInt2vector) {
        const Oid toElement = elementOf(to), fromElement = elementOf(from);
        Oid ignored = 0;
        if (toElement && fromElement && findPath(toElement, fromElement, context, ignored) != CoercionPath::None)
            return CoercionPath::Array;
    }
    if (context != CoercionContext::Implicit && categoryOf(to) == 'S')
        return CoercionPath::ViaText;
    if (context == CoercionContext::Explicit && categoryOf(from) == 'S')
        return CoercionPath::ViaText;
    return CoercionPath::None;
}

bool Binder::canCoerce(Oid from, Oid to, CoercionContext context) const
{
    return canCoerce(std::vector<Oid>{from}, std::vector<Oid>{to}, context);
}

bool Binder::canCoerce(const std::vector<Oid> &from, const std::vector<Oid> &to, CoercionContext context) const
{
    bool generic = false;
    for (std::size_t i = 0; i < from.size(); ++i) {
        if (from[i] == to[i] || to[i] == type::kAny)
            continue;
        if (isPolymorphic(to[i])) {
            generic = true;
            continue;
        }
        if (from[i] == type::kUnknown)
            continue;
        Oid function = 0;
        if (findPath(to[i], from[i], context, function) == CoercionPath::None)
            return false;
    }
    return !generic || polymorphicConsistent(to, from);
}

Oid Binder::selectCommonType(const std::vector<Expr *> &exprs, const char *context, Expr **which)
{
    Expr *chosen = exprs.front();
    Oid result = chosen->type;
    bool alike = result != type::kUnknown;
    for (const auto *expr : exprs)
        alike = alike && expr->type == result;
    if (which)
        *which = chosen;
    if (alike)
        return result;
    for (std::size_t i = 1; i < exprs.size(); ++i) {
        const Oid next = exprs[i]->type;
        if (next == type::kUnknown || next == result)
            continue;
        const bool known = result != type::kUnknown;
        if (known && categoryOf(next) != categoryOf(result)) {
            if (!context)
                return 0;
            fail("42804",
                 std::string(context) + " types " + typeText(result) + " and " + typeText(next) + " cannot be matched",
                 locationOf(exprs[i]));
        }
        if (!known || (!isPreferred(result) && canCoerce(result, next, CoercionContext::Implicit) &&
                       !canCoerce(next, result, CoercionContext::Implicit))) {
            result = next;
            chosen = exprs[i];
        }
    }
    if (which)
        *which = chosen;
    return result == type::kUnknown ? type::kText : result;
}

bool Binder::commonTypeWorks(Oid common, const std::vector<Expr *> &exprs) const
{
    for (const auto *expr : exprs) {
        if (expr->type != common && !canCoerce(expr->type, common, CoercionContext::Implicit))
            return false;
    }
    return true;
}

std::int32_t Binder::commonTypmod(const std::vector<Expr *> &exprs, Oid common) const
{
    const std::int32_t typmod = exprs.front()->typmod;
    for (const auto *expr : exprs) {
        if (expr->type != common || expr->typmod != typmod)
            return -1;
    }
    return typmod;
}

} // namespace sqlgym::sql
