// Leaves: what FROM reads.
#pragma once

#include "exec/cte_rows.h"
#include "exec/operator.h"
#include "exec/quals.h"
#include "exec/row_lookup.h"
#include "exec/table.h"

#include <memory>
#include <vector>

namespace sqlgym::exec {

/// FROM nothing: one row without columns.
class OneRowOperator final : public Operator {
public:
    OneRowOperator(Execution &run, std::unique_ptr<Quals> quals) : m_run(run), m_quals(std::move(quals)) {}
    void open() override { m_done = false; }
    bool next() override
    {
        if (m_done || !m_run.proceed())
            return false;
        m_done = true;
        return m_quals->pass();
    }

private:
    Execution &m_run;
    std::unique_ptr<Quals> m_quals;
    bool m_done = false;
};

/// A table. Opened again and again with another value for `column = value`, it finds its rows through a hash.
class TableOperator final : public Leaf {
public:
    TableOperator(Execution &run, const Datum *&row, std::shared_ptr<const Table> table, std::unique_ptr<Quals> quals)
        : m_run(run), m_row(row), m_table(std::move(table)), m_quals(std::move(quals)), m_lookup(run)
    {
    }
    /// Rows whose columns equal certain values are looked up rather than searched for.
    RowLookup &lookup() { return m_lookup; }

    void open() override;
    bool next() override;

private:
    bool nextFound();

    Execution &m_run;
    const Datum *&m_row;
    std::shared_ptr<const Table> m_table;
    std::unique_ptr<Quals> m_quals;
    RowLookup m_lookup;
    std::size_t m_at = 0;
    std::size_t m_end = 0; ///< rows that an INSERT of the same statement adds are not seen
    bool m_finding = false;
};

/// A subquery's rows, as they come or, opened again and again, looked up.
class SubqueryOperator final : public Leaf {
public:
    /// `declineErrors`: PostgreSQL may compute less of the subquery, or nothing.
    SubqueryOperator(Execution &run, const Datum *&row, RowSourcePtr source, std::unique_ptr<Quals> quals,
                     bool declineErrors)
        : m_run(run), m_row(row), m_source(std::move(source)), m_quals(std::move(quals)),
          m_declineErrors(declineErrors), m_lookup(run), m_arena(run.account, run.stop)
    {
    }
    ~SubqueryOperator() override { discard(m_kept, m_run); }
    /// The subquery gives the same `width` columns at each opening: opened again and again, it is computed once more
    /// and kept, for its rows to be looked up.
    RowLookup &keepRows(std::size_t width)
    {
        m_width = width;
        return m_lookup;
    }
    void open() override;
    bool next() override;

private:
    bool keep();

    Execution &m_run;
    const Datum *&m_row;
    RowSourcePtr m_source;
    std::unique_ptr<Quals> m_quals;
    bool m_declineErrors;
    RowLookup m_lookup;
    value::Arena m_arena;
    std::vector<const Datum *> m_kept;
    std::size_t m_width = 0;
};

/// VALUES in FROM.
class ValuesOperator final : public Leaf {
public:
    /// `declineErrors`: PostgreSQL may compute none of it.
    ValuesOperator(Execution &run, const Datum *&row, std::unique_ptr<Quals> quals, bool declineErrors)
        : m_run(run), m_row(row), m_quals(std::move(quals)), m_declineErrors(declineErrors), m_scratch(run)
    {
    }
    void compile(Code &code, Scope &scope, Runner &runner, const std::vector<std::vector<sql::Expr *>> &rows);
    void open() override { m_at = 0; }
    bool next() override;

private:
    Execution &m_run;
    const Datum *&m_row;
    std::unique_ptr<Quals> m_quals;
    bool m_declineErrors;
    Scratch m_scratch;
    std::vector<std::vector<Operand>> m_rows;
    std::vector<Datum> m_buffer;
    std::size_t m_at = 0;
};

/// A CTE that is computed once, or the rows of the last round inside its own recursive term.
class CteOperator final : public Leaf {
public:
    /// `declineErrors`: PostgreSQL may compute less of the CTE, or nothing.
    CteOperator(Execution &run, const Datum *&row, CteRows &rows, bool working, std::unique_ptr<Quals> quals,
                bool declineErrors)
        : m_run(run), m_row(row), m_rows(rows), m_working(working), m_quals(std::move(quals)),
          m_declineErrors(declineErrors), m_lookup(run)
    {
    }
    RowLookup &lookup() { return m_lookup; }
    void open() override;
    bool next() override;

private:
    bool find();

    Execution &m_run;
    const Datum *&m_row;
    CteRows &m_rows;
    bool m_working;
    std::unique_ptr<Quals> m_quals;
    bool m_declineErrors;
    RowLookup m_lookup;
    unsigned m_generation = 0; ///< of the rows that are looked up
    bool m_finding = false;
    std::size_t m_at = 0;
    std::size_t m_end = 0;
};

} // namespace sqlgym::exec
