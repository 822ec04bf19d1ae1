// The columns of CREATE TABLE: types, clauses, defaults, checks.
#include "sql/binder.h"

#include "catalogue/type_oids.h"
#include "sql/expr_tools.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>

namespace sqlgym::sql {

namespace type = catalogue::type;

namespace {

/// The clauses of a column seen so far, and which do not go together.
class ColumnClauses {
public:
    ColumnClauses(const TableDefinition &table, int column)
        : m_of(" for column \"" + table.columns[static_cast<std::size_t>(column)].name + "\" of table \"" + table.name +
               "\"")
    {
    }

    /// PostgreSQL's message when `clause` does not go with those before it.
    std::string add(PgQuery__ConstrType clause)
    {
        switch (clause) {
        case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
            return nullable(false);
        case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
            return nullable(true);
        case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
            return once(m_default, "multiple default values specified");
        case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY: {
            auto problem = once(m_identity, "multiple identity specifications");
            if (problem.empty())
                problem = nullable(true);
            return problem;
        }
        case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
            return once(m_generated, "multiple generation clauses specified");
        default:
            return {};
        }
    }

private:
    std::string nullable(bool notNull)
    {
        if (m_notNull && *m_notNull != notNull)
            return "conflicting NULL/NOT NULL declarations" + m_of;
        m_notNull = notNull;
        return together();
    }
    std::string once(bool &seen, const char *message)
    {
        if (seen)
            return message + m_of;
        seen = true;
        return together();
    }
    std::string together() const
    {
        if (m_default && m_identity)
            return "both default and identity specified" + m_of;
        if (m_default && m_generated)
            return "both default and generation expression specified" + m_of;
        if (m_identity && m_generated)
            return "both identity and generation expression specified" + m_of;
        return {};
    }

    std::string m_of;
    std::optional<bool> m_notNull;
    bool m_default = false, m_identity = false, m_generated = false;
};

void forEachColumn(const Expr &expr, const std::function<void(const ColumnExpr &)> &visit)
{
    if (const auto *column = as<ColumnExpr>(&expr))
        visit(*column);
    forEachChild(const_cast<Expr &>(expr), [&](Expr *&child) { forEachColumn(*child, visit); });
}

} // namespace

/// A default, or what a generated column is made from, bound where it stands.
void Binder::bindColumnExpression(const PgQuery__Constraint &constraint, const TableDefinition &table, int column)
{
    const auto &target = table.columns[static_cast<std::size_t>(column)];
    const bool generated = constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED;
    Scope scope;
    scope.query = newQuery();
    if (generated)
        addRowOf(table, scope);
    Expr *expr = bindExpr(scope, constraint.raw_expr, generated ? Place::Generated : Place::Default);
    const Oid given = expr->type;
    expr = coerceTo(expr, target.type, target.typmod, CoercionContext::Assignment, CoercionForm::ImplicitCast, -1);
    if (!expr)
        fail("42804",
             "column \"" + target.name + "\" is of type " + typeText(target.type) +
                 " but default expression is of type " + typeText(given),
             -1, {}, "You will need to rewrite or cast the expression.");
    if (generated)
        checkGenerated(*expr, table);
}

void Binder::addCheck(const PgQuery__Constraint &constraint, TableDefinition &table)
{
    Scope scope;
    scope.query = newQuery();
    addRowOf(table, scope);
    const Expr *expr = coerceToBoolean(bindExpr(scope, constraint.raw_expr, Place::Check), "CHECK");
    CheckDefinition check;
    check.sql = nodeText(*constraint.raw_expr);
    check.name = constraint.conname ? constraint.conname : "";
    if (!check.name.empty() &&
        std::ranges::find(table.checks, check.name, &CheckDefinition::name) != table.checks.end())
        fail("42710", "check constraint \"" + check.name + "\" already exists");
    // Named after its column when it has just one.
    std::set<int> columns;
    forEachColumn(*expr, [&](const ColumnExpr &column) { columns.insert(column.column); });
    const bool one = columns.size() == 1 && *columns.begin() >= 0;
    check.name =
        constraintName(constraint, table, one ? std::vector<int>{*columns.begin()} : std::vector<int>{}, "_check");
    table.checks.push_back(std::move(check));
}

void Binder::addColumn(const PgQuery__ColumnDef &column, TableDefinition &table, std::vector<LaterPart> &later)
{
    ColumnDefinition out;
    out.name = column.colname;
    const auto names = stringsOf(column.type_name->names, column.type_name->n_names);
    static constexpr std::pair<std::string_view, Oid> kSerial[] = {
        {"serial", type::kInt4},  {"serial4", type::kInt4},     {"bigserial", type::kInt8},
        {"serial8", type::kInt8}, {"smallserial", type::kInt2}, {"serial2", type::kInt2}};
    const auto serial =
        std::ranges::find(kSerial, std::string_view(names.back()), &std::pair<std::string_view, Oid>::first);
    if (names.size() == 1 && serial != std::end(kSerial)) {
        out.type = serial->second;
        out.identity = 's';
        out.notNull = true;
        out.hasDefault = true;
    } else if (const auto domain =
                   column.type_name->n_array_bounds == 0 ? m_schema.findDomain(names.back()) : nullptr) {
        out.type = domain->base;
        out.typmod = domain->typmod;
        out.defaultSql = domain->defaultSql;
        out.hasDefault = !out.defaultSql.empty();
        addDomainChecks(*domain, table, static_cast<int>(table.columns.size()));
    } else {
        out.type = bindTypeName(*column.type_name, out.typmod);
        if (out.type == type::kRecord || out.type == type::kUnknown)
            fail("42P16", "column \"" + out.name + "\" has pseudo-type " + typeText(out.type));
    }
    if (column.coll_clause)
        decline("COLLATE");
    table.columns.push_back(std::move(out));
    const int index = static_cast<int>(table.columns.size()) - 1;
    ColumnClauses clauses(table, index);
    for (std::size_t i = 0; i < column.n_constraints; ++i) {
        const auto &constraint = *column.constraints[i]->constraint;
        auto &target = table.columns.back();
        if (const std::string problem = clauses.add(constraint.contype); !problem.empty())
            fail("42601", problem, constraint.location);
        switch (constraint.contype) {
        case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
            target.notNull = true;
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
            target.defaultSql = nodeText(*constraint.raw_expr);
            target.hasDefault = true;
            later.push_back({&constraint, index});
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
            target.identity = *constraint.generated_when;
            target.notNull = target.hasDefault = true;
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
            target.generatedSql = nodeText(*constraint.raw_expr);
            later.push_back({&constraint, index});
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE:
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
            // Of the constraint before it.
            for (auto &key : table.keys)
                key.deferrable = key.deferrable || key.columns == std::vector<int>{index};
            for (auto &part : later)
                part.deferrable = part.deferrable || part.column == index;
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE:
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_IMMEDIATE:
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
        case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
            later.push_back({&constraint, index});
            break;
        default:
            addConstraint(constraint, table, index);
        }
    }
    // A serial column is a default and NOT NULL, written after the clauses that stand there.
    if (table.columns.back().identity == 's') {
        for (const auto clause : {PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT, PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL}) {
            if (const std::string problem = clauses.add(clause); !problem.empty())
                fail("42601", problem);
        }
    }
}

} // namespace sqlgym::sql
