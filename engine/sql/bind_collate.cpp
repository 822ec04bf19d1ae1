// COLLATE where it changes nothing: the databases here are C.UTF-8, which orders text as "C" does.
#include "sql/binder.h"

#include "catalogue/type_oids.h"

#include <algorithm>

namespace sqlgym::sql {

namespace type = catalogue::type;

Expr *Binder::bindCollate(Scope &scope, const PgQuery__CollateClause &clause)
{
    Expr *argument = bindNode(scope, clause.arg);
    if (argument->type == type::kUnknown)
        argument = coerce(argument, type::kText, -1, CoercionContext::Implicit, CoercionForm::ImplicitCast, -1);
    const auto *row = catalogue::findType(argument->type);
    if (!row || row->collation == 0)
        fail("42804", "collations are not supported by type " + typeText(argument->type), clause.location);
    const std::string name = stringsOf(clause.collname, clause.n_collname).back();
    if (name != "C" && name != "POSIX" && name != "default")
        decline("the collation \"" + name + "\"");
    auto *relabel = make<RelabelExpr>(clause.location);
    relabel->type = argument->type;
    relabel->typmod = argument->typmod;
    relabel->argument = argument;
    m_collated.emplace(relabel, name);
    return relabel;
}

void Binder::compareCollated(const std::string &name, const Expr *left, const Expr *right)
{
    static constexpr std::string_view kByBytes[] = {"=", "<>", "!=", "<", "<=", ">", ">=", "~~", "!~~"};
    if (m_collated.empty() || std::ranges::find(kByBytes, name) == std::end(kByBytes))
        return;
    const auto x = m_collated.find(left), y = m_collated.find(right);
    if (x != m_collated.end() && y != m_collated.end() && x->second != y->second)
        decline("collations that contradict each other");
    m_collated.erase(left);
    m_collated.erase(right);
}

void Binder::finishCollations() const
{
    if (!m_collated.empty())
        decline("COLLATE in this place");
}

} // namespace sqlgym::sql
