// COLLATE where it changes nothing: the databases here are C.UTF-8, which orders text as "C" does.
#include "sql/binder.h"

#include "catalogue/type_oids.h"

#include <algorithm>
#include <cctype>
#include <iterator>

namespace sqlgym::sql {

namespace type = catalogue::type;

namespace {

/// Collations that learners bring from elsewhere: no system PostgreSQL runs on has such locales.
bool isOfOtherSystem(const std::string &name)
{
    std::string lower;
    for (const char c : name)
        lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    static constexpr std::string_view kNames[] = {"nocase", "binary", "rtrim"};
    static constexpr std::string_view kBeginnings[] = {"latin1_general_", "sql_latin1_", "utf8_general_",
                                                       "utf8_unicode_",   "utf8mb4_",    "latin1_swedish_"};
    return std::ranges::find(kNames, lower) != std::end(kNames) ||
           std::ranges::any_of(kBeginnings, [&](std::string_view begin) { return lower.starts_with(begin); });
}

} // namespace

Expr *Binder::bindCollate(Scope &scope, const PgQuery__CollateClause &clause)
{
    Expr *argument = bindNode(scope, clause.arg);
    if (argument->type == type::kUnknown)
        argument = coerce(argument, type::kText, -1, CoercionContext::Implicit, CoercionForm::ImplicitCast, -1);
    const auto *row = catalogue::findType(argument->type);
    if (!row || row->collation == 0)
        fail("42804", "collations are not supported by type " + typeText(argument->type), clause.location);
    const std::string name = stringsOf(clause.collname, clause.n_collname).back();
    if (clause.n_collname == 1 && isOfOtherSystem(name))
        fail("42704", "collation \"" + name + "\" for encoding \"UTF8\" does not exist", clause.location);
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
