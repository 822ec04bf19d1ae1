// CREATE TABLE, in PostgreSQL's order: columns and their types, keys, names, defaults, checks, foreign keys.
#include "sql/definition_binder.h"
#include "sql/expr_tools.h"
#include "sql/object_name.h"

#include "catalogue/type_oids.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <unordered_set>

namespace sqlgym::sql {

namespace type = catalogue::type;

namespace {

constexpr std::size_t kMaxTableColumns = 1600;

constexpr std::array<std::pair<std::string_view, Oid>, 6> kSerial = {{{"serial", type::kInt4},
                                                                      {"serial4", type::kInt4},
                                                                      {"bigserial", type::kInt8},
                                                                      {"serial8", type::kInt8},
                                                                      {"smallserial", type::kInt2},
                                                                      {"serial2", type::kInt2}}};

/// What a column's constraints have said so far: most may be said once, and some not together.
struct Said {
    bool null = false;
    bool notNull = false;
    bool value = false; ///< DEFAULT
    bool identity = false;
    bool generated = false;
};

} // namespace

/// The type, and what comes with it (a serial's sequence, a domain's default and checks).
void DefinitionBinder::setColumnType(const PgQuery__ColumnDef &column, ColumnDefinition &out, TableDefinition &table)
{
    const auto names = stringsOf(column.type_name->names, column.type_name->n_names);
    const auto *serial =
        std::ranges::find(kSerial, std::string_view(names.back()), &std::pair<std::string_view, Oid>::first);
    if (names.size() == 1 && serial != kSerial.end()) {
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
        if (out.type == type::kRegclass)
            decline("values of type regclass");
    }
    if (column.coll_clause)
        decline("COLLATE");
}

void DefinitionBinder::addColumn(const PgQuery__ColumnDef &column, NewTable &made)
{
    auto &table = *made.table;
    ColumnDefinition out;
    out.name = column.colname;
    out.id = ++table.lastColumnId;
    const PgQuery__Constraint *identity = nullptr;
    setColumnType(column, out, table);
    const int index = static_cast<int>(table.columns.size());
    const Node *value = nullptr;
    Said said{.value = out.identity == 's'};
    const std::string where = " for column \"" + out.name + "\" of table \"" + table.name + "\"";
    for (std::size_t i = 0; i < column.n_constraints; ++i) {
        const auto &constraint = *column.constraints[i]->constraint;
        const int at = constraint.location;
        switch (constraint.contype) {
        case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        case PG_QUERY__CONSTR_TYPE__CONSTR_NULL: {
            const bool isNull = constraint.contype == PG_QUERY__CONSTR_TYPE__CONSTR_NULL;
            (isNull ? said.null : said.notNull) = true;
            if (said.null && said.notNull)
                fail("42601", "conflicting NULL/NOT NULL declarations" + where, at);
            out.notNull = !isNull;
            break;
        }
        case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
            if (said.value)
                fail("42601", "multiple default values specified" + where,
                     out.identity == 's' ? -1 : at); // the serial's own stands nowhere
            said.value = true;
            value = constraint.raw_expr;
            out.defaultSql = nodeText(*value);
            out.hasDefault = true;
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
            if (said.identity)
                fail("42601", "multiple identity specifications" + where, at);
            if (out.type != type::kInt2 && out.type != type::kInt4 && out.type != type::kInt8)
                fail("22023", "identity column type must be smallint, integer, or bigint");
            said.identity = true;
            identity = &constraint;
            if (said.null)
                fail("42601", "conflicting NULL/NOT NULL declarations" + where, at);
            said.notNull = true;
            out.identity = *constraint.generated_when;
            out.notNull = out.hasDefault = true;
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
            if (said.generated)
                fail("42601", "multiple generation clauses specified" + where, at);
            said.generated = true;
            value = constraint.raw_expr;
            out.generatedSql = nodeText(*value);
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE:
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
            if (!made.constraints.empty())
                made.constraints.back().deferrable = true;
            break;
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE:
        case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_IMMEDIATE:
            break;
        default:
            made.constraints.push_back({&constraint, index});
        }
        if (said.value && said.identity)
            fail("42601", "both default and identity specified" + where, at);
        if (said.value && said.generated)
            fail("42601", "both default and generation expression specified" + where, at);
        if (said.identity && said.generated)
            fail("42601", "both identity and generation expression specified" + where, at);
    }
    if (out.identity == 's' && said.null)
        fail("42601", "conflicting NULL/NOT NULL declarations" + where);
    if (out.identity)
        out.sequence = sequenceFor(out, made, identity);
    table.columns.push_back(std::move(out));
    made.values.push_back(value);
}

/// Makes the sequence of a serial or identity column.
std::string DefinitionBinder::sequenceFor(const ColumnDefinition &column, NewTable &made,
                                          const PgQuery__Constraint *identity)
{
    SequenceDefinition sequence;
    sequence.type = column.type;
    applySequenceOptions(identity ? identity->options : nullptr, identity ? identity->n_options : 0, sequence);
    const auto isTaken = [&](const std::string &name) {
        return m_schema.hasRelation(name) ||
               std::ranges::find(made.sequences, name, &SequenceDefinition::name) != made.sequences.end();
    };
    if (sequence.name.empty())
        sequence.name = freeObjectName(made.table->name, column.name, "seq", isTaken);
    else if (isTaken(sequence.name) || sequence.name == made.table->name)
        decline("a sequence's name that is taken");
    sequence.table = made.table->name;
    sequence.column = column.id;
    sequence.temporary = made.table->persistence == 't';
    checkSequence(sequence);
    made.sequences.push_back(sequence);
    return sequence.name;
}

void DefinitionBinder::checkColumnList(const TableDefinition &table) const
{
    if (table.columns.size() > kMaxTableColumns)
        fail("54011", "tables can have at most 1600 columns");
    std::unordered_set<std::string_view> names;
    for (const auto &column : table.columns) {
        if (!names.insert(column.name).second)
            fail("42701", "column \"" + column.name + "\" specified more than once");
    }
    for (const auto &column : table.columns) {
        if (!table.isView && isSystemColumn(column.name))
            fail("42701", "column name \"" + column.name + "\" conflicts with a system column name");
    }
}

/// A default, which stands alone, or a generation expression over the row of `table`.
Expr *DefinitionBinder::bindValue(const Node &node, const ColumnDefinition &column, const TableDefinition *table)
{
    const bool generated = table != nullptr;
    Expr *given = bindOver(node, table, generated ? Place::Generated : Place::Default);
    if (generated)
        checkGenerated(*given, *table);
    Expr *value =
        coerceTo(given, column.type, column.typmod, CoercionContext::Assignment, CoercionForm::ImplicitCast, -1);
    if (!value)
        fail("42804",
             "column \"" + column.name + "\" is of type " + typeText(column.type) + " but " +
                 (generated ? "generation" : "default") + " expression is of type " + typeText(given->type),
             -1, {}, "You will need to rewrite or cast the expression.");
    return value;
}

void DefinitionBinder::bindColumnValues(const NewTable &made)
{
    for (std::size_t i = 0; i < made.values.size(); ++i) {
        auto &column = made.table->columns[i];
        if (!made.values[i])
            continue;
        Expr *value = bindValue(*made.values[i], column, column.generatedSql.empty() ? nullptr : made.table);
        if (!column.generatedSql.empty())
            column.reads = columnIds(*value, *made.table);
        else
            column.defaultSequences = sequencesIn(*value);
    }
}

std::vector<int> DefinitionBinder::columnIds(Expr &expr, const TableDefinition &table)
{
    std::set<int> ids;
    const std::function<void(Expr *&)> visit = [&](Expr *&part) {
        if (const auto *column = as<ColumnExpr>(part)) {
            for (std::size_t i = 0; i < table.columns.size(); ++i) {
                if (column->column < 0 || column->column == static_cast<int>(i))
                    ids.insert(table.columns[i].id);
            }
        }
        forEachChild(*part, visit);
    };
    Expr *root = &expr;
    visit(root);
    return {ids.begin(), ids.end()};
}

/// What a learner's table does without.
void DefinitionBinder::declineStorage(const PgQuery__CreateStmt &stmt) const
{
    const std::string_view method = stmt.access_method ? stmt.access_method : "";
    if (!method.empty() && method != "heap")
        decline("table access methods");
    for (std::size_t i = 0; i < stmt.n_options; ++i) {
        if (std::string_view(stmt.options[i]->def_elem->defname) != "fillfactor")
            decline("storage parameters");
    }
    for (std::size_t i = 0; i < stmt.n_table_elts; ++i) {
        const Node &element = *stmt.table_elts[i];
        if (element.node_case == PG_QUERY__NODE__NODE_COLUMN_DEF && element.column_def->compression &&
            *element.column_def->compression)
            decline("COMPRESSION");
    }
}

void DefinitionBinder::bindCreateTable(const PgQuery__CreateStmt &stmt)
{
    if (stmt.n_inh_relations > 0 || stmt.partspec || stmt.partbound || stmt.of_typename)
        decline("inheritance, partitions and typed tables");
    declineStorage(stmt);
    checkDatabase(*stmt.relation);
    declineShadowing(*stmt.relation);
    const std::string name = stmt.relation->relname;
    const std::string schema = stmt.relation->schemaname ? stmt.relation->schemaname : "";
    const char persistence = persistenceOf(*stmt.relation);
    if (schema.substr(0, 3) == "pg_")
        decline("tables in PostgreSQL's own schemas");
    if (schema == "public" && persistence == 't')
        fail("42P16", "cannot create temporary relation in non-temporary schema", stmt.relation->location);
    if (!schema.empty() && schema != "public") {
        if (!m_schema.hasSchema(schema))
            fail("3F000", "schema \"" + schema + "\" does not exist", stmt.relation->location);
        decline("schemas other than public");
    }
    const bool exists = m_schema.hasRelation(name);
    if (exists && stmt.if_not_exists) {
        m_statement.kind = StatementKind::Ignored;
        m_statement.ignoredTag = "CREATE TABLE";
        return;
    }
    auto table = std::make_shared<TableDefinition>();
    table->name = name;
    table->persistence = persistence;
    NewTable made{.table = table.get()};
    for (std::size_t i = 0; i < stmt.n_table_elts; ++i) {
        const Node &element = *stmt.table_elts[i];
        if (element.node_case == PG_QUERY__NODE__NODE_COLUMN_DEF)
            addColumn(*element.column_def, made);
        else if (element.node_case == PG_QUERY__NODE__NODE_CONSTRAINT)
            made.constraints.push_back({element.constraint, -1, static_cast<bool>(element.constraint->deferrable)});
        else if (element.node_case == PG_QUERY__NODE__NODE_TABLE_LIKE_CLAUSE)
            addLike(*element.table_like_clause, made);
        else
            decline(nodeName(element));
    }
    addKeys(made);
    checkColumnList(*table);
    if (exists)
        fail("42P07", "relation \"" + name + "\" already exists");
    bindColumnValues(made);
    for (const auto &check : table->checks) // of domains
        bindCheck(check, *table);
    addChecks(made);
    nameKeys(made);
    addForeignKeys(made);
    m_statement.kind = StatementKind::CreateTable;
    m_statement.create.table = std::move(table);
    m_statement.create.sequences = std::move(made.sequences);
}

} // namespace sqlgym::sql
