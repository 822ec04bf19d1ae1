// The options of sequences, in PostgreSQL's order and words (init_params).
#include "sql/definition_binder.h"
#include "sql/expr_tools.h"

#include "catalogue/type_oids.h"

#include <algorithm>
#include <limits>
#include <set>

namespace sqlgym::sql {

namespace type = catalogue::type;

namespace {

template <typename T> std::pair<std::int64_t, std::int64_t> limitsOf()
{
    return {std::numeric_limits<T>::min(), std::numeric_limits<T>::max()};
}

std::pair<std::int64_t, std::int64_t> rangeOf(Oid oid)
{
    return oid == type::kInt2   ? limitsOf<std::int16_t>()
           : oid == type::kInt4 ? limitsOf<std::int32_t>()
                                : limitsOf<std::int64_t>();
}

} // namespace

/// A whole number, as an option gives it.
std::int64_t DefinitionBinder::sequenceNumber(const PgQuery__DefElem &option)
{
    std::string text;
    if (!option.arg)
        decline("this option of a sequence");
    switch (option.arg->node_case) {
    case PG_QUERY__NODE__NODE_INTEGER:
        return option.arg->integer->ival;
    case PG_QUERY__NODE__NODE_FLOAT:
        text = option.arg->float_->fval;
        break;
    default:
        decline("this option of a sequence");
    }
    return literalInput(type::kInt8, text, -1, -1).int64;
}

void DefinitionBinder::setSequenceOwner(const PgQuery__DefElem &option, SequenceDefinition &sequence) const
{
    const auto names = stringsOf(option.arg->list->items, option.arg->list->n_items);
    if (names.size() == 1 && names.front() == "none") {
        sequence.table.clear();
        sequence.column = 0;
        return;
    }
    if (names.size() == 1)
        fail("42601", "invalid OWNED BY option", -1, {}, "Specify OWNED BY table.column or OWNED BY NONE.");
    if (names.size() > 3)
        decline("OWNED BY a name of this form");
    const auto table = relationNamed(names.size() == 3 ? names.front() : "", names[names.size() - 2]);
    if (!table->isTable() || (table->persistence == 't') != sequence.temporary)
        decline("a sequence owned by such a relation");
    const auto column = std::ranges::find(table->columns, names.back(), &ColumnDefinition::name);
    if (column == table->columns.end())
        fail("42703", "column \"" + names.back() + "\" of relation \"" + table->name + "\" does not exist");
    sequence.table = table->name;
    sequence.column = column->id;
}

void DefinitionBinder::applySequenceOptions(Node *const *options, std::size_t count, SequenceDefinition &sequence,
                                            std::optional<std::int64_t> *restart)
{
    std::set<std::string> seen;
    std::optional<std::int64_t> start;
    std::optional<std::int64_t> least;
    std::optional<std::int64_t> most;
    const PgQuery__DefElem *owner = nullptr;
    for (std::size_t i = 0; i < count; ++i) {
        const auto &option = *options[i]->def_elem;
        const std::string name = option.defname;
        if (!seen.insert(name).second)
            fail("42601", "conflicting or redundant options", option.location);
        if (name == "start")
            start = sequenceNumber(option);
        else if (name == "increment")
            sequence.increment = sequenceNumber(option);
        else if (name == "minvalue" && option.arg)
            least = sequenceNumber(option);
        else if (name == "maxvalue" && option.arg)
            most = sequenceNumber(option);
        else if (name == "cycle")
            sequence.cycle = option.arg && option.arg->boolean->boolval;
        else if (name == "owned_by")
            owner = &option;
        else if (name == "sequence_name" && !restart)
            setSequenceName(option, sequence);
        else if (name == "restart" && restart)
            *restart = option.arg ? std::optional(sequenceNumber(option)) : std::nullopt;
        else if (name == "as" && !restart)
            setSequenceType(option, sequence);
        else if (name == "cache" && sequenceNumber(option) == 1)
            continue;
        else if (name != "minvalue" && name != "maxvalue")
            decline("the option " + name + " of a sequence");
    }
    if (sequence.increment == 0)
        fail("22023", "INCREMENT must not be zero");
    const auto [low, high] = rangeOf(sequence.type);
    const bool kept = restart != nullptr;
    if (most || !kept || seen.contains("maxvalue"))
        sequence.most = most.value_or(sequence.increment > 0 ? high : -1);
    if (least || !kept || seen.contains("minvalue"))
        sequence.least = least.value_or(sequence.increment > 0 ? 1 : low);
    if (start || !kept)
        sequence.start = start.value_or(sequence.increment > 0 ? sequence.least : sequence.most);
    if (kept && seen.contains("restart") && !*restart)
        *restart = sequence.start;
    if (owner)
        setSequenceOwner(*owner, sequence);
}

/// Of an identity column, as pg_dump writes it.
void DefinitionBinder::setSequenceName(const PgQuery__DefElem &option, SequenceDefinition &sequence) const
{
    const auto names = stringsOf(option.arg->list->items, option.arg->list->n_items);
    if (names.size() > 2 || (names.size() == 2 && names.front() != "public"))
        decline("a sequence's name of this form");
    sequence.name = names.back();
}

void DefinitionBinder::setSequenceType(const PgQuery__DefElem &option, SequenceDefinition &sequence)
{
    std::int32_t typmod = -1;
    sequence.type = bindTypeName(*option.arg->type_name, typmod);
    if (sequence.type != type::kInt2 && sequence.type != type::kInt4 && sequence.type != type::kInt8)
        fail("22023", "sequence type must be smallint, integer, or bigint");
}

void DefinitionBinder::bindCreateSequence(const PgQuery__CreateSeqStmt &stmt)
{
    const auto &relation = *stmt.sequence;
    checkDatabase(relation, false);
    checkSchema(relation.schemaname ? relation.schemaname : "");
    auto &sequence = m_statement.sequence.sequence;
    sequence.name = relation.relname;
    sequence.type = type::kInt8;
    sequence.temporary = persistenceOf(relation) == 't';
    const bool exists = m_schema.hasRelation(sequence.name);
    if (exists && sequence.temporary)
        decline("a temporary sequence that hides another relation");
    if (exists && stmt.if_not_exists) {
        m_statement.kind = StatementKind::Ignored;
        m_statement.ignoredTag = "CREATE SEQUENCE";
        return;
    }
    applySequenceOptions(stmt.options, stmt.n_options, sequence);
    checkSequence(sequence);
    if (exists)
        fail("42P07", "relation \"" + sequence.name + "\" already exists");
    m_statement.kind = StatementKind::Sequence;
}

void DefinitionBinder::bindAlterSequence(const PgQuery__AlterSeqStmt &stmt)
{
    const auto &relation = *stmt.sequence;
    checkDatabase(relation, false);
    checkSchema(relation.schemaname ? relation.schemaname : "");
    const std::string name = relation.relname;
    const auto known = m_schema.findSequence(name);
    if (!known && m_schema.hasRelation(name))
        fail("42809", "\"" + name + "\" is not a sequence");
    if (!known && stmt.missing_ok) {
        m_statement.kind = StatementKind::Ignored;
        m_statement.ignoredTag = "ALTER SEQUENCE";
        return;
    }
    if (!known)
        fail("42P01", "relation \"" + name + "\" does not exist");
    auto &out = m_statement.sequence;
    out.alter = true;
    out.sequence = *known;
    applySequenceOptions(stmt.options, stmt.n_options, out.sequence, &out.restart);
    checkSequence(out.sequence);
    const auto number = [](std::int64_t value) { return "(" + std::to_string(value) + ")"; };
    if (out.restart && *out.restart < out.sequence.least)
        fail("22023",
             "RESTART value " + number(*out.restart) + " cannot be less than MINVALUE " + number(out.sequence.least));
    if (out.restart && *out.restart > out.sequence.most)
        fail("22023",
             "RESTART value " + number(*out.restart) + " cannot be greater than MAXVALUE " + number(out.sequence.most));
    if (known->table != out.sequence.table && !known->table.empty()) {
        const auto table = m_schema.findTable({}, known->table);
        const auto isIdentity = [&](const ColumnDefinition &column) {
            return column.id == known->column && column.identity && column.identity != 's';
        };
        if (table && std::ranges::any_of(table->columns, isIdentity))
            decline("another owner for an identity column's sequence");
    }
    m_statement.kind = StatementKind::Sequence;
}

/// The sequences that an expression names as constants of regclass.
std::vector<std::int64_t> DefinitionBinder::sequencesIn(Expr &expr)
{
    std::vector<std::int64_t> found;
    const auto *constant = as<ConstantExpr>(&expr);
    if (constant && constant->type == type::kRegclass && !constant->value.isNull)
        found.push_back(constant->value.int64);
    forEachChild(expr, [&](Expr *&child) {
        for (const auto oid : sequencesIn(*child))
            found.push_back(oid);
    });
    return found;
}

void DefinitionBinder::checkSequence(const SequenceDefinition &sequence) const
{
    const auto [low, high] = rangeOf(sequence.type);
    const auto number = [](std::int64_t value) { return "(" + std::to_string(value) + ")"; };
    const std::string ofType = " is out of range for sequence data type " + typeText(sequence.type);
    if (sequence.most < low || sequence.most > high)
        fail("22023", "MAXVALUE " + number(sequence.most) + ofType);
    if (sequence.least < low || sequence.least > high)
        fail("22023", "MINVALUE " + number(sequence.least) + ofType);
    if (sequence.least >= sequence.most)
        fail("22023", "MINVALUE " + number(sequence.least) + " must be less than MAXVALUE " + number(sequence.most));
    if (sequence.start < sequence.least)
        fail("22023",
             "START value " + number(sequence.start) + " cannot be less than MINVALUE " + number(sequence.least));
    if (sequence.start > sequence.most)
        fail("22023",
             "START value " + number(sequence.start) + " cannot be greater than MAXVALUE " + number(sequence.most));
}

} // namespace sqlgym::sql
