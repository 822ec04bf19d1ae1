// INSERT, UPDATE and DELETE as a step of a query: it gives the rows that RETURNING reads.
#pragma once

#include "exec/operator.h"
#include "exec/row_writer.h"
#include "exec/statement_changes.h"

#include <memory>
#include <utility>
#include <vector>

namespace sqlgym::exec {

/// DO UPDATE: a query over two rows that it is given.
struct ConflictStep {
    RowSourcePtr query;
    const Datum **existing = nullptr;
    const Datum **excluded = nullptr;
};

/// Each next() takes source rows until one changes the table; it leaves the row in `row` (for DELETE the old one), the
/// source's in `sourceRow`.
class ChangeOperator final : public Operator {
public:
    ChangeOperator(Execution &run, StatementChanges &changes, const sql::Change &change, RowSourcePtr source,
                   ConflictStep conflict, const Datum *&row, const Datum **sourceRow);
    void open() override;
    bool next() override;

private:
    bool insert(const Datum *source);
    bool resolve(const Datum *existing);
    bool update(const Datum *source);
    bool remove(const Datum *source);
    bool isRepeated(const Datum *old, const Datum *source);
    void fillDefaults();
    bool fillNumbers();
    bool finishRow();
    const Datum *replace(const Datum *old);

    Execution &m_run;
    StatementChanges &m_changes;
    const sql::Change &m_change;
    const sql::TableDefinition &m_definition;
    TableWriter &m_writer;
    RowSourcePtr m_source;
    ConflictStep m_conflict;
    const Datum *&m_row;
    const Datum **m_sourceRow;
    Scratch m_scratch;
    RowExpressions m_expressions;
    RowTests m_tests;
    std::vector<std::size_t> m_numbered; ///< serial and identity columns that get their next number
    std::vector<std::pair<int, Operand>> m_defaults;
    std::vector<std::pair<int, Operand>> m_generated;
    std::vector<Datum> m_values;
    bool m_done = false;
};

} // namespace sqlgym::exec
