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
    m_expressions = std::make_unique<RowExpressions>(run, m_scratch);
    for (const auto &[column, expr] : statement.defaults)
        m_defaults.emplace_back(column, m_expressions->compile(expr));
    for (const auto &[column, expr] : statement.generated)
        m_generated.emplace_back(column, m_expressions->compile(expr));
    m_tests = std::make_unique<RowTests>(run, m_definition, statement.checks, *m_expressions);
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
    m_expressions->standOn(row);
    for (const auto &[column, operand] : m_generated)
        row[column] = operand.get();
}

bool Insertion::add(const Datum *source)
{
    m_scratch.arena.reset();
    std::fill(m_row.begin(), m_row.end(), Datum::null());
    for (std::size_t i = 0; source && i < m_statement.columns.size(); ++i)
        m_row[std::size_t(m_statement.columns[i])] = source[i];
    fillDefaults(m_row.data());
    if (m_run.stopped() || !m_tests->pass(m_row.data()) || !checkKeys(m_row.data()))
        return false;
    auto &memory = *m_table->memory.back();
    const Datum *copy = copyRow(m_row.data(), m_definition.columns.size(), memory.arena());
    if (!copy || memory.full() || !m_run.charge(sizeof(copy)))
        m_run.stop.stop(base::StopReason::MemoryLimit);
    else
        m_table->rows.push_back(copy);
    return m_run.proceed();
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
                      "Key " + describeKey(m_definition, key.columns, row) + " already exists.");
        return false;
    }
    return true;
}

void Insertion::finish()
{
    for (std::size_t i = m_before; i < m_table->rows.size(); ++i)
        for (const auto &key : m_definition.foreignKeys)
            if (!checkForeignKey(m_run, m_database, m_definition, key, m_table->rows[i]) || !m_run.proceed())
                return;
}

} // namespace sqlgym::exec
