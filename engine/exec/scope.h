// The rows a query stands on while its expressions are evaluated.
#pragma once

#include "exec/execution.h"
#include "plan/plan.h"

#include <unordered_map>
#include <utility>
#include <vector>

namespace sqlgym::exec {

class CteRows;

/// One row pointer per range entry of the query, then one for its groups and one for its windows. Operators move the
/// pointers; evaluators are bound to their addresses, so a scope never moves.
class Scope {
public:
    Scope(const sql::Query *ofQuery, Scope *outside, int ranges, const Datum *nullRow)
        : query(ofQuery), outer(outside), rows(std::size_t(ranges), nullRow)
    {
    }
    Scope(const Scope &) = delete;
    Scope &operator=(const Scope &) = delete;

    /// The query `levels` levels out.
    Scope *at(int levels)
    {
        Scope *scope = this;
        for (; levels > 0 && scope; --levels)
            scope = scope->outer;
        return scope;
    }

    struct Slot {
        int range;
        int column;
    };

    /// nullptr: none such.
    CteRows *findCte(const sql::CteDefinition *cte)
    {
        for (Scope *scope = this; scope; scope = scope->outer)
            if (const auto found = scope->ctes.find(cte); found != scope->ctes.end())
                return found->second;
        return nullptr;
    }

    const sql::Query *query;
    Scope *outer;
    std::vector<const Datum *> rows;
    /// Where grouping and windows leave what they computed.
    std::unordered_map<const sql::Expr *, Slot> computed;
    std::unordered_map<const sql::CteDefinition *, CteRows *> ctes;
};

} // namespace sqlgym::exec
