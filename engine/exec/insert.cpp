#include "exec/insert.h"

#include "catalogue/type_oids.h"
#include "plan/support.h"
#include "runtime/io.h"

#include <algorithm>
#include <limits>

namespace sqlgym::exec {

namespace type = catalogue::type;

Insertion::Insertion(Execution &run, Database &database, const sql::InsertStatement &statement)
    : m_run(run), m_database(database), m_statement(statement), m_definition(*statement.table), m_scratch(run)
{
    Table *table = database.edit(m_definition.name);
    if (!table) {
        run.stop.decline("table " + m_definition.name);
        return;
    }
    m_table = table;
    m_before = m_table->rows.size();
    if (m_table->memory.empty() || m_table->memory.back().use_count() > 1)
        m_table->memory.push_back(std::make_shared<RowMemory>(run.account));
    for (std::size_t i = 0; i < m_definition.columns.size(); ++i)
        if (m_definition.columns[i].identity &&
            std::find(statement.columns.begin(), statement.columns.end(), int(i)) == statement.columns.end())
            m_numbered.push_back(i);
    m_row.resize(m_definition.columns.size() + 1, Datum::null());
    m_scope = std::make_unique<Scope>(nullptr, nullptr, 1, run.nullRow.data());
    Compiler compiler(m_code, run, m_scope.get(), m_scratch.cx, nullptr);
    const auto supported = [&](sql::Expr *expr) {
        auto word = plan::findUnsupported(expr);
        if (!word.empty())
            run.stop.decline(std::move(word));
        return word.empty();
    };
    for (const auto &[column, expr] : statement.defaults)
        if (supported(expr))
            m_defaults.emplace_back(column, compiler.compile(expr));
    for (std::size_t i = 0; i < statement.checks.size(); ++i)
        if (supported(statement.checks[i]))
            m_checks.emplace_back(&m_definition.checks[i], compiler.compile(statement.checks[i]));
    // PostgreSQL tests them in the order of their names.
    std::sort(m_checks.begin(), m_checks.end(),
              [](const auto &a, const auto &b) { return a.first->name < b.first->name; });
}

bool Insertion::nextValue(std::size_t column, Datum &value)
{
    const auto &definition = m_definition.columns[column];
    std::int64_t last = std::numeric_limits<std::int64_t>::max();
    if (definition.type == type::kInt2)
        last = std::numeric_limits<std::int16_t>::max();
    else if (definition.type == type::kInt4)
        last = std::numeric_limits<std::int32_t>::max();
    if (m_table->sequences[column] >= last) {
        m_run.cx.fail("2200H", "nextval: reached maximum value of sequence \"" + m_definition.name + "_" +
                                   definition.name + "_seq\" (" + std::to_string(last) + ")");
        return false;
    }
    value = Datum::ofInt(++m_table->sequences[column]);
    return true;
}

void Insertion::fillDefaults(Datum *row)
{
    for (std::size_t column : m_numbered)
        if (!nextValue(column, row[column]))
            return;
    for (const auto &[column, operand] : m_defaults)
        row[column] = operand.get();
}

bool Insertion::add(const Datum *source)
{
    m_scratch.arena.reset();
    std::fill(m_row.begin(), m_row.end(), Datum::null());
    for (std::size_t i = 0; source && i < m_statement.columns.size(); ++i)
        m_row[std::size_t(m_statement.columns[i])] = source[i];
    fillDefaults(m_row.data());
    if (m_run.stopped() || !checkRow(m_row.data()) || !checkKeys(m_row.data()))
        return false;
    auto &memory = *m_table->memory.back();
    const Datum *copy = copyRow(m_row.data(), m_definition.columns.size(), memory.arena());
    if (!copy || memory.full() || !m_run.charge(sizeof(copy)))
        m_run.stop.stop(base::StopReason::MemoryLimit);
    else
        m_table->rows.push_back(copy);
    return m_run.proceed();
}

bool Insertion::checkRow(const Datum *row)
{
    for (std::size_t i = 0; i < m_definition.columns.size(); ++i)
        if (m_definition.columns[i].notNull && row[i].isNull) {
            m_run.cx.fail("23502",
                          "null value in column \"" + m_definition.columns[i].name + "\" of relation \"" +
                              m_definition.name + "\" violates not-null constraint",
                          describeRow(row));
            return false;
        }
    m_scope->rows[0] = row;
    for (const auto &[check, condition] : m_checks) {
        const Datum holds = condition.get();
        if (m_run.stopped())
            return false;
        if (!holds.isNull && !holds.isTrue()) {
            if (!check->domain.empty()) {
                m_run.cx.fail("23514", "value for domain " + check->domain + " violates check constraint \"" +
                                           check->name + "\"");
                return false;
            }
            m_run.cx.fail("23514",
                          "new row for relation \"" + m_definition.name + "\" violates check constraint \"" +
                              check->name + "\"",
                          describeRow(row));
            return false;
        }
    }
    return true;
}

bool Insertion::checkKeys(const Datum *row)
{
    for (const auto &key : m_definition.keys) {
        std::vector<Datum> values;
        bool null = false;
        for (int column : key.columns) {
            values.push_back(row[column]);
            null = null || row[column].isNull;
        }
        const KeyIndex *index = m_table->index(key.columns);
        if (!index) {
            m_run.stop.decline("unique constraints on such a type");
            return false;
        }
        if (null || index->find(values.data(), m_table->rows) == KeyIndex::kNone)
            continue;
        m_run.cx.fail("23505", "duplicate key value violates unique constraint \"" + key.name + "\"",
                      "Key " + describeKey(key.columns, row) + " already exists.");
        return false;
    }
    return true;
}

bool Insertion::checkForeignKey(const sql::ForeignKeyDefinition &key, const Datum *row)
{
    std::vector<Datum> values;
    for (int column : key.columns) {
        if (row[column].isNull)
            return true;
        values.push_back(row[column]);
    }
    const auto other = m_database.table(key.table);
    for (std::size_t i = 0; other && i < key.columns.size(); ++i) {
        const auto a = m_definition.columns[std::size_t(key.columns[i])].type;
        const auto b = other->definition->columns[std::size_t(key.referenced[i])].type;
        const auto isInteger = [](Oid t) { return t == type::kInt2 || t == type::kInt4 || t == type::kInt8; };
        const auto isText = [](Oid t) { return t == type::kText || t == type::kVarchar; };
        if (a != b && !(isInteger(a) && isInteger(b)) && !(isText(a) && isText(b))) {
            m_run.stop.decline("foreign keys between columns of different types");
            return false;
        }
    }
    const KeyIndex *index = other ? other->index(key.referenced) : nullptr;
    if (!index) {
        m_run.stop.decline("this foreign key");
        return false;
    }
    if (index->find(values.data(), other->rows) != KeyIndex::kNone)
        return true;
    m_run.cx.fail("23503",
                  "insert or update on table \"" + m_definition.name + "\" violates foreign key constraint \"" +
                      key.name + "\"",
                  "Key " + describeKey(key.columns, row) + " is not present in table \"" + key.table + "\".");
    return false;
}

void Insertion::finish()
{
    for (std::size_t i = m_before; i < m_table->rows.size(); ++i)
        for (const auto &key : m_definition.foreignKeys)
            if (!checkForeignKey(key, m_table->rows[i]) || !m_run.proceed())
                return;
}

std::string Insertion::describeRow(const Datum *row) const
{
    // PostgreSQL cuts each value at 64 bytes, between characters.
    constexpr std::size_t kMaxBytes = 64;
    std::string text = "Failing row contains (";
    for (std::size_t i = 0; i < m_definition.columns.size(); ++i) {
        if (i)
            text += ", ";
        if (row[i].isNull) {
            text += "null";
            continue;
        }
        std::string value;
        runtime::textOut(m_definition.columns[i].type, row[i], value);
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

std::string Insertion::describeKey(const std::vector<int> &columns, const Datum *row) const
{
    std::string names;
    std::string values;
    for (int column : columns) {
        if (!names.empty()) {
            names += ", ";
            values += ", ";
        }
        names += m_definition.columns[std::size_t(column)].name;
        runtime::textOut(m_definition.columns[std::size_t(column)].type, row[column], values);
    }
    return "(" + names + ")=(" + values + ")";
}

} // namespace sqlgym::exec
