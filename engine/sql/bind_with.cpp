// WITH and WITH RECURSIVE.
#include "sql/binder.h"

#include "catalogue/type_oids.h"
#include "sql/tree_search.h"

#include <algorithm>

namespace sqlgym::sql {

namespace type = catalogue::type;

CteDefinition *Binder::findCte(Scope &scope, std::string_view name, int &levelsUp)
{
    levelsUp = 0;
    for (Scope *at = &scope; at; at = at->parent, ++levelsUp) {
        for (auto *cte : at->ctes) {
            if (cte->name == name)
                return cte;
        }
    }
    return nullptr;
}

void Binder::bindWith(const PgQuery__WithClause &with, Scope &scope)
{
    for (std::size_t i = 0; i < with.n_ctes; ++i) {
        const auto &cte = *with.ctes[i]->common_table_expr;
        for (std::size_t k = 0; k < i; ++k) {
            if (std::string_view(with.ctes[k]->common_table_expr->ctename) == cte.ctename)
                fail("42712", "WITH query name \"" + std::string(cte.ctename) + "\" specified more than once",
                     cte.location);
        }
        if (!with.recursive)
            scope.futureCtes.push_back(&cte);
    }
    if (with.recursive) {
        // Forward references are legal here; PostgreSQL sorts the items by their dependencies.
        for (std::size_t i = 0; i < with.n_ctes; ++i) {
            for (std::size_t k = i + 1; k < with.n_ctes; ++k) {
                const auto &later = *with.ctes[k]->common_table_expr;
                if (countReferences(&with.ctes[i]->common_table_expr->ctequery->base, later.ctename) > 0)
                    decline("a WITH RECURSIVE item that refers to a later one");
            }
        }
    }
    for (std::size_t i = 0; i < with.n_ctes; ++i) {
        bindCte(*with.ctes[i]->common_table_expr, scope, with.recursive);
        if (!with.recursive)
            scope.futureCtes.erase(scope.futureCtes.begin());
    }
}

void Binder::nameCteColumns(const PgQuery__CommonTableExpr &cte, CteDefinition &definition)
{
    const auto names = stringsOf(cte.aliascolnames, cte.n_aliascolnames);
    if (names.size() > definition.columns.size())
        fail("42P10",
             "WITH query \"" + definition.name + "\" has " + std::to_string(definition.columns.size()) +
                 " columns available but " + std::to_string(names.size()) + " columns specified",
             cte.location);
    for (std::size_t i = 0; i < names.size(); ++i)
        definition.columns[i].name = names[i];
}

void Binder::bindCte(const PgQuery__CommonTableExpr &cte, Scope &scope, bool recursive)
{
    const bool isChange = cte.ctequery->node_case != PG_QUERY__NODE__NODE_SELECT_STMT;
    if (isChange && scope.parent)
        fail("0A000", "WITH clause containing a data-modifying statement must be at the top level", cte.location);
    if (cte.search_clause || cte.cycle_clause)
        decline("SEARCH and CYCLE");
    auto *definition = m_statement.make<CteDefinition>();
    definition->name = cte.ctename;
    if (m_bindsAgain)
        m_boundAgain.insert(definition);
    definition->materialized = cte.ctematerialized == PG_QUERY__CTEMATERIALIZE__CTEMaterializeAlways  ? 1
                               : cte.ctematerialized == PG_QUERY__CTEMATERIALIZE__CTEMaterializeNever ? 2
                                                                                                      : 0;
    if (recursive && countReferences(&cte.ctequery->base, cte.ctename) > 0) {
        if (isChange)
            fail("42P19", "recursive query \"" + definition->name + "\" must not contain data-modifying statements",
                 cte.location);
        bindRecursiveCte(cte, scope, *definition);
    } else {
        if (!isChange && cte.ctequery->select_stmt->n_locking_clause > 0) {
            m_lockable = cte.ctequery->select_stmt;
            definition->materialized = 1; // it is never merged into the query around it
        }
        definition->query =
            isChange ? bindChange(*cte.ctequery, &scope) : bindSelect(*cte.ctequery->select_stmt, &scope, true);
        for (const auto &target : definition->query->targets) {
            if (!target.junk)
                definition->columns.push_back(
                    {target.name, target.expr->type, target.expr->typmod, target.expr->collation});
        }
        nameCteColumns(cte, *definition);
    }
    scope.ctes.push_back(definition);
    scope.query->ctes.push_back(definition);
}

void Binder::bindRecursiveCte(const PgQuery__CommonTableExpr &cte, Scope &scope, CteDefinition &definition)
{
    const auto &stmt = *cte.ctequery->select_stmt;
    const std::string quoted = "\"" + definition.name + "\"";
    if (stmt.op != PG_QUERY__SET_OPERATION__SETOP_UNION)
        fail("42P19",
             "recursive query " + quoted + " does not have the form non-recursive-term UNION [ALL] recursive-term",
             cte.location);
    const auto problem = recursionProblem(stmt, definition.name);
    if (!problem.message.empty())
        fail(problem.sqlstate, problem.message, problem.location);
    if (stmt.with_clause)
        decline("WITH inside a recursive WITH item");
    definition.recursive = true;
    definition.unionAll = stmt.all;
    for (const auto &name : stringsOf(cte.aliascolnames, cte.n_aliascolnames))
        definition.columns.push_back({name, 0, -1, 0});

    Scope inner;
    inner.parent = &scope;
    inner.query = newQuery();
    inner.ctes.push_back(&definition);
    std::vector<ResultColumn> columns;
    std::vector<Expr *> exprs;
    SetOperationNode *tree = bindSetTree(stmt, inner, columns, exprs, true, &definition);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].type != definition.columns[i].type)
            fail("42804",
                 "recursive query " + quoted + " column " + std::to_string(i + 1) + " has type " +
                     typeText(definition.columns[i].type) + " in non-recursive term but type " +
                     typeText(columns[i].type) + " overall",
                 locationOf(exprs[i]), {}, "Cast the output of the non-recursive term to the correct type.");
        if (columns[i].typmod != definition.columns[i].typmod)
            fail("42804",
                 "recursive query " + quoted + " column " + std::to_string(i + 1) + " has type " +
                     catalogue::formatType(definition.columns[i].type, definition.columns[i].typmod) +
                     " in non-recursive term but type " + catalogue::formatType(columns[i].type, columns[i].typmod) +
                     " overall",
                 locationOf(exprs[i]), {}, "Cast the output of the non-recursive term to the correct type.");
    }
    finishSetQuery(stmt, inner, *inner.query, tree, columns);
    definition.query = inner.query;
}

} // namespace sqlgym::sql
