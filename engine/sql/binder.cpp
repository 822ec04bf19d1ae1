#include "sql/definition_binder.h"

#include "base/text_position.h"
#include "catalogue/type_oids.h"
#include "runtime/io.h"
#include "runtime/text_quote.h"

#include <algorithm>
#include <cctype>

namespace sqlgym::sql {

Binder::Binder(std::string_view sql, const SchemaView &schema, const value::Session &session, BoundStatement &statement)
    : m_sql(sql), m_schema(schema), m_statement(statement), m_session(session)
{
}

int Binder::positionOf(int location) const
{
    return location < 0 ? 0 : base::characterPosition(m_sql, static_cast<std::size_t>(location));
}

void Binder::fail(std::string_view sqlstate, std::string message, int location, std::string detail,
                  std::string hint) const
{
    if (m_sawTableRow && message.find("record") != std::string::npos)
        message = withRowType(std::move(message));
    throw BindFailure{
        {std::string(sqlstate), std::move(message), std::move(detail), std::move(hint), positionOf(location)}};
}

/// The type of a table's whole row is named after the table.
std::string Binder::withRowType(std::string message) const
{
    std::string sql(m_sql);
    std::ranges::transform(sql, sql.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    constexpr std::string_view kRecord = "record";
    if (m_rowTable.empty() || sql.find(kRecord) != std::string::npos)
        decline("a whole row of a table in this place");
    const std::string name = runtime::quoteIdentifier(m_rowTable);
    for (auto at = message.find(kRecord); at != std::string::npos; at = message.find(kRecord, at + name.size()))
        message.replace(at, kRecord.size(), name);
    return message;
}

void Binder::decline(std::string feature) const { throw BindDeclined{std::move(feature)}; }

void Binder::checkStop(int location)
{
    if (!m_stop.raised())
        return;
    if (m_stop.reason() == base::StopReason::Error) {
        base::Diagnostic diagnostic = m_stop.diagnostic();
        m_stop.clear();
        diagnostic.position = positionOf(location);
        throw BindFailure{std::move(diagnostic)};
    }
    std::string feature = m_stop.feature().empty() ? "a literal this large" : m_stop.feature();
    m_stop.clear();
    decline(std::move(feature));
}

ConstantExpr *Binder::makeConstant(Oid type, Datum value, int location, std::int32_t typmod)
{
    auto *constant = make<ConstantExpr>(location);
    constant->type = type;
    constant->typmod = typmod;
    constant->value = value;
    return constant;
}

ConstantExpr *Binder::makeUnknown(std::string_view text, int location)
{
    return makeConstant(catalogue::type::kUnknown, value::makeText(text, m_statement.arena()), location);
}

ConstantExpr *Binder::makeNull(Oid type, int location) { return makeConstant(type, Datum::null(), location); }
ConstantExpr *Binder::makeBool(bool value) { return makeConstant(catalogue::type::kBool, Datum::ofBool(value), -1); }
ConstantExpr *Binder::makeInt4(std::int32_t value, int location)
{
    return makeConstant(catalogue::type::kInt4, Datum::ofInt(value), location);
}

BooleanExpr *Binder::makeBoolean(BooleanOp op, std::vector<Expr *> arguments, int location)
{
    auto *expr = make<BooleanExpr>(location);
    expr->op = op;
    expr->type = catalogue::type::kBool;
    expr->arguments = std::move(arguments);
    return expr;
}

Datum Binder::literalInput(Oid type, std::string_view text, std::int32_t typmod, int location)
{
    const bool isRelation = type == catalogue::type::kRegclass && m_session.relations;
    if (!isRelation && !runtime::hasTextForm(type))
        decline("values of type " + typeText(type));
    value::Context cx{m_statement.arena(), m_stop, m_cancel, m_session};
    const Datum value = isRelation ? m_session.relations->find(text, cx) : runtime::textIn(type, text, typmod, cx);
    checkStop(location);
    return value;
}

BindOutcome bind(const ParsedScript::Statement &statement, std::string_view sql, const SchemaView &schema,
                 const value::Session &session)
{
    BindOutcome outcome;
    BoundStatement bound;
    try {
        DefinitionBinder binder(sql, schema, session, bound);
        binder.bindStatement(*statement.raw);
        binder.finishCollations();
        outcome.statement = std::move(bound);
    } catch (BindFailure &failure) {
        outcome.error = std::move(failure.diagnostic);
    } catch (BindDeclined &declined) {
        outcome.declined = std::move(declined.feature);
    } catch (const std::bad_alloc &) {
        outcome.declined = "a statement this large";
    }
    return outcome;
}

} // namespace sqlgym::sql
