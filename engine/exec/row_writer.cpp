#include "exec/row_writer.h"

#include "catalogue/type_oids.h"
#include "plan/support.h"
#include "runtime/io.h"

#include <algorithm>

namespace sqlgym::exec {

namespace type = catalogue::type;

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
        if (!check->domain.empty())
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
        m_run.cx.fail("23502",
                      "null value in column \"" + m_definition.columns[i].name + "\" of relation \"" +
                          m_definition.name + "\" violates not-null constraint",
                      describeRow(m_definition, row));
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

bool checkForeignKey(Execution &run, const Database &database, const sql::TableDefinition &definition,
                     const sql::ForeignKeyDefinition &key, const Datum *row)
{
    std::vector<Datum> values;
    for (int column : key.columns) {
        if (row[column].isNull)
            return true;
        values.push_back(row[column]);
    }
    const auto other = database.table(key.table);
    for (std::size_t i = 0; other && i < key.columns.size(); ++i) {
        const auto a = definition.columns[std::size_t(key.columns[i])].type;
        const auto b = other->definition->columns[std::size_t(key.referenced[i])].type;
        const auto isInteger = [](Oid t) { return t == type::kInt2 || t == type::kInt4 || t == type::kInt8; };
        const auto isText = [](Oid t) { return t == type::kText || t == type::kVarchar; };
        if (a != b && !(isInteger(a) && isInteger(b)) && !(isText(a) && isText(b))) {
            run.stop.decline("foreign keys between columns of different types");
            return false;
        }
    }
    const KeyIndex *index = other ? other->index(key.referenced) : nullptr;
    if (!index) {
        run.stop.decline("this foreign key");
        return false;
    }
    if (index->find(values.data(), other->rows) != KeyIndex::kNone)
        return true;
    run.cx.fail("23503",
                "insert or update on table \"" + definition.name + "\" violates foreign key constraint \"" + key.name +
                    "\"",
                "Key " + describeKey(definition, key.columns, row) + " is not present in table \"" + key.table + "\".");
    return false;
}

std::vector<sql::ResultColumn> returningColumns(const std::vector<sql::TargetEntry> &returning)
{
    std::vector<sql::ResultColumn> columns;
    for (const auto &target : returning)
        columns.push_back({target.name, target.expr->type, target.expr->typmod, target.expr->collation});
    return columns;
}

} // namespace sqlgym::exec
