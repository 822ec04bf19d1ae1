#include "exec/statement_changes.h"

#include "exec/cte_rows.h"
#include "exec/quals.h"

#include <algorithm>

namespace sqlgym::exec {

StatementChanges::Entry &StatementChanges::entry(const sql::TableDefinition &definition)
{
    const auto found = m_writers.find(definition.name);
    if (found != m_writers.end())
        return found->second;
    Entry entry{std::make_unique<TableWriter>(m_run, m_database, definition), hasForeignKeys(m_database, definition)};
    return m_writers.emplace(definition.name, std::move(entry)).first->second;
}

void StatementChanges::expect(const sql::Change &change)
{
    m_expected = true;
    entry(*change.table).writer->expect(change);
}

TableWriter &StatementChanges::writer(const sql::TableDefinition &definition) { return *entry(definition).writer; }

void StatementChanges::record(const RowEvent &event)
{
    if (entry(event.table->definition()).watched)
        append(m_events, event, m_run);
}

void StatementChanges::finishParts()
{
    // PostgreSQL ends the parts in the reverse of their order.
    for (auto part = m_parts.rbegin(); part != m_parts.rend() && !m_run.stopped(); ++part)
        for (std::size_t row = 0; (*part)->has(row); ++row)
            continue;
}

bool StatementChanges::finish()
{
    const bool unsure = std::any_of(m_writers.begin(), m_writers.end(),
                                    [](const auto &item) { return item.second.writer->isUnsure(); });
    if (unsure && m_run.stop.reason() == base::StopReason::Error)
        declineError(m_run);
    for (auto &[name, item] : m_writers)
        item.writer->settle();
    if (!m_run.stopped() && ForeignKeys(m_run, m_database, *this).check(m_events))
        for (auto &[name, item] : m_writers)
            item.writer->compact();
    return !m_run.stopped();
}

} // namespace sqlgym::exec
