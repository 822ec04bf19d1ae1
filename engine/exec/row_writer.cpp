#include "exec/row_writer.h"

#include "plan/support.h"
#include "runtime/io.h"

#include <algorithm>

namespace sqlgym::exec {

RowExpressions::RowExpressions(Execution &run, Scratch &scratch)
    : m_run(run), m_scope(nullptr, nullptr, 1, run.nullRow.data()),
      m_compiler(m_code, run, &m_scope, scratch.cx, nullptr)
{
}

Operand RowExpressions::compile(sql::Expr *expr)
{
    auto word = plan::findUnsupported(expr);
    if (word.empty())
        return m_compiler.compile(expr);
    m_run.stop.decline(std::move(word));
    return {};
}

RowTests::RowTests(Execution &run, const sql::TableDefinition &definition, const std::vector<sql::Expr *> &checks,
                   RowExpressions &expressions)
    : m_run(run), m_definition(definition), m_expressions(expressions)
{
    for (std::size_t i = 0; i < checks.size(); ++i)
        m_checks.emplace_back(&definition.checks[i], expressions.compile(checks[i]));
    // PostgreSQL tests a domain's when the value is made, the table's in the order of their names.
    std::stable_sort(m_checks.begin(), m_checks.end(), [](const auto &a, const auto &b) {
        return a.first->domain.empty() != b.first->domain.empty() ? !a.first->domain.empty()
               : a.first->domain.empty()                          ? a.first->name < b.first->name
                                                                  : false;
    });
}

bool RowTests::pass(const Datum *row)
{
    m_expressions.standOn(row);
    const auto violated = [&](const sql::CheckDefinition *check, const Operand &condition) {
        const Datum holds = condition.get();
        if (m_run.stopped() || holds.isNull || holds.isTrue())
            return m_run.stopped();
        if (!check->domain.empty() && check->name.empty())
            m_run.cx.fail("23502", "domain " + check->domain + " does not allow null values");
        else if (!check->domain.empty())
            m_run.cx.fail("23514",
                          "value for domain " + check->domain + " violates check constraint \"" + check->name + "\"");
        else
            m_run.cx.fail("23514",
                          "new row for relation \"" + m_definition.name + "\" violates check constraint \"" +
                              check->name + "\"",
                          describeRow(m_definition, row));
        return true;
    };
    std::size_t at = 0;
    for (; at < m_checks.size() && !m_checks[at].first->domain.empty(); ++at) {
        if (violated(m_checks[at].first, m_checks[at].second))
            return false;
    }
    for (std::size_t i = 0; i < m_definition.columns.size(); ++i) {
        if (!m_definition.columns[i].notNull || !row[i].isNull)
            continue;
        failNotNull(m_run, m_definition, i, row);
        return false;
    }
    for (; at < m_checks.size(); ++at) {
        if (violated(m_checks[at].first, m_checks[at].second))
            return false;
    }
    return true;
}

std::string describeRow(const sql::TableDefinition &definition, const Datum *row)
{
    // PostgreSQL cuts each value at 64 bytes, between characters.
    constexpr std::size_t kMaxBytes = 64;
    std::string text = "Failing row contains (";
    for (std::size_t i = 0; i < definition.columns.size(); ++i) {
        if (i)
            text += ", ";
        if (row[i].isNull) {
            text += "null";
            continue;
        }
        std::string value;
        runtime::textOut(definition.columns[i].type, row[i], value);
        if (value.size() > kMaxBytes) {
            std::size_t end = kMaxBytes;
            while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80)
                --end;
            value.resize(end);
            value += "...";
        }
        text += value;
    }
    return text + ").";
}

std::string describeKey(const sql::TableDefinition &definition, const std::vector<int> &columns, const Datum *row)
{
    std::string names;
    std::string values;
    for (int column : columns) {
        if (!names.empty()) {
            names += ", ";
            values += ", ";
        }
        names += definition.columns[std::size_t(column)].name;
        runtime::textOut(definition.columns[std::size_t(column)].type, row[column], values);
    }
    return "(" + names + ")=(" + values + ")";
}

void failNotNull(Execution &run, const sql::TableDefinition &definition, std::size_t column, const Datum *row)
{
    run.cx.fail("23502",
                "null value in column \"" + definition.columns[column].name + "\" of relation \"" + definition.name +
                    "\" violates not-null constraint",
                describeRow(definition, row));
}

} // namespace sqlgym::exec
