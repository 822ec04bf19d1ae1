// What functions ask the database about relations and sequences.
#include "exec/database.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <vector>

namespace sqlgym::exec {

using value::Datum;

namespace {

/// The parts of a dotted name, folded to lower case where they are not quoted; nothing where it is no plain name.
std::optional<std::vector<std::string>> namePartsOf(std::string_view text)
{
    std::vector<std::string> parts(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"') {
            const std::size_t end = text.find('"', i + 1);
            if (end == std::string_view::npos || !parts.back().empty() || end == i + 1)
                return std::nullopt;
            parts.back() = text.substr(i + 1, end - i - 1);
            i = end;
            if (i + 1 < text.size() && text[i + 1] != '.')
                return std::nullopt;
        } else if (c == '.') {
            parts.emplace_back();
        } else if (c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                   (c >= '0' && c <= '9' && !parts.back().empty())) {
            parts.back() += char(std::tolower(static_cast<unsigned char>(c)));
        } else {
            return std::nullopt;
        }
    }
    if (std::any_of(parts.begin(), parts.end(), [](const std::string &part) { return part.empty(); }))
        return std::nullopt;
    return parts;
}

/// The name, unless it is of another schema than public or written in a way that is not understood.
std::optional<std::string> relationName(std::string_view text, value::Context &cx)
{
    const auto parts = namePartsOf(text);
    if (parts && parts->size() == 1)
        return parts->front();
    if (parts && parts->size() == 2 && parts->front() == "public")
        return parts->back();
    cx.stop.decline("the relation written as \"" + std::string(text) + "\"");
    return std::nullopt;
}

/// As quote_identifier() does for names that are no key words.
std::string quoted(const std::string &name)
{
    const bool plain = !(name[0] >= '0' && name[0] <= '9') && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    return plain ? name : '"' + name + '"';
}

} // namespace

Datum Database::find(std::string_view text, value::Context &cx)
{
    const auto name = relationName(text, cx);
    if (!name)
        return Datum::null();
    if (const Sequence *found = sequence(*name))
        return Datum::ofInt(oidOf(found->definition->order));
    if (const auto found = table(*name))
        return Datum::ofInt(oidOf(found->definition->order));
    if (hasRelation(*name) || name->substr(0, 3) == "pg_") {
        cx.stop.decline("the relation " + *name);
        return Datum::null();
    }
    return cx.fail("42P01", "relation \"" + *name + "\" does not exist");
}

const Sequence *Database::sequenceAt(std::int64_t oid, value::Context &cx) const
{
    for (const auto &[name, sequence] : m_sequences)
        if (oidOf(sequence.definition->order) == oid)
            return &sequence;
    for (const auto &[name, table] : m_tables)
        if (oidOf(table->definition->order) == oid) {
            cx.fail("42809", "\"" + name + "\" is not a sequence");
            return nullptr;
        }
    cx.stop.decline("a sequence by its OID");
    return nullptr;
}

Datum Database::next(const Sequence &sequence, value::Context &cx)
{
    const Datum number = nextNumber(sequence, cx);
    if (!number.isNull) {
        m_session->given[sequence.definition->order] = number.int64;
        m_session->last = sequence.definition->order;
    }
    return number;
}

Datum Database::nextval(std::int64_t oid, value::Context &cx)
{
    const Sequence *sequence = sequenceAt(oid, cx);
    return sequence ? next(*sequence, cx) : Datum::null();
}

Datum Database::currval(std::int64_t oid, value::Context &cx)
{
    const Sequence *sequence = sequenceAt(oid, cx);
    if (!sequence)
        return Datum::null();
    const auto given = m_session->given.find(sequence->definition->order);
    if (given == m_session->given.end())
        return cx.fail("55000",
                       "currval of sequence \"" + sequence->definition->name + "\" is not yet defined in this session");
    return Datum::ofInt(given->second);
}

Datum Database::lastval(value::Context &cx)
{
    for (const auto &[name, sequence] : m_sequences)
        if (m_session->last && sequence.definition->order == m_session->last)
            return Datum::ofInt(m_session->given[m_session->last]);
    return cx.fail("55000", "lastval is not yet defined in this session");
}

Datum Database::setval(std::int64_t oid, std::int64_t value, bool called, value::Context &cx)
{
    const Sequence *sequence = sequenceAt(oid, cx);
    if (!sequence)
        return Datum::null();
    const auto &definition = *sequence->definition;
    if (value < definition.least || value > definition.most) {
        std::string message = "setval: value ";
        message.append(std::to_string(value)).append(" is out of bounds for sequence \"").append(definition.name);
        message.append("\" (").append(std::to_string(definition.least)).append("..");
        return cx.fail("22003", message.append(std::to_string(definition.most)).append(")"));
    }
    sequence->state->last = value;
    sequence->state->called = called;
    if (called)
        m_session->given[definition.order] = value;
    return Datum::ofInt(value);
}

Datum Database::serialSequence(std::string_view text, std::string_view column, value::Context &cx)
{
    const auto name = relationName(text, cx);
    if (!name)
        return Datum::null();
    const auto found = table(*name);
    if (!found && hasRelation(*name)) {
        cx.stop.decline("pg_get_serial_sequence of what is no table");
        return Datum::null();
    }
    if (!found)
        return cx.fail("42P01", "relation \"" + *name + "\" does not exist");
    const auto &columns = found->definition->columns;
    const auto own = std::find_if(columns.begin(), columns.end(), [&](const auto &one) { return one.name == column; });
    if (own == columns.end())
        return cx.fail("42703", "column \"" + std::string(column) + "\" of relation \"" + *name + "\" does not exist");
    for (const auto &[sequenceName, sequence] : m_sequences) {
        if (sequence.definition->table != *name || sequence.definition->column != own->id)
            continue;
        if (sequence.definition->temporary) {
            cx.stop.decline("pg_get_serial_sequence of a temporary table");
            return Datum::null();
        }
        return value::makeText("public." + quoted(sequenceName), cx.arena);
    }
    return Datum::null();
}

} // namespace sqlgym::exec
