// Set-returning functions: in FROM and in the select list.
#pragma once

#include "exec/compiler.h"
#include "exec/operator.h"
#include "exec/quals.h"
#include "runtime/function.h"

#include <memory>
#include <vector>

namespace sqlgym::exec {

/// One call that gives rows. A plain function gives one row.
class SetCall {
public:
    /// `shapes`: what is known of the columns in FROM; none in a select list.
    SetCall(Execution &run, const sql::Expr &expr, std::size_t columns, std::vector<runtime::ColumnShape> shapes = {});
    ~SetCall();
    SetCall(const SetCall &) = delete;
    SetCall &operator=(const SetCall &) = delete;

    void compile(Code &code, Scope &scope, Runner &runner);
    void open();
    /// Writes the next row's columns; false, and NULLs, when there is none.
    bool next(Datum *columns);

private:
    Execution &m_run;
    const sql::Expr &m_expr;
    std::size_t m_columns;
    const runtime::SetFunction *m_function = nullptr;
    bool m_strict = false;
    bool m_isPlain = false; ///< declared to return one record: NULL arguments give a row of NULLs
    bool m_nullRow = false;
    std::vector<runtime::ColumnShape> m_shapes;
    std::vector<Oid> m_types;
    runtime::CallSite m_site;
    Scratch m_scratch;
    std::vector<Operand> m_arguments;
    std::vector<Datum> m_values;
    Operand m_plain;
    void *m_state = nullptr;
    bool m_done = true;
};

/// FROM f(...), ROWS FROM (...), WITH ORDINALITY.
class FunctionOperator final : public Leaf {
public:
    /// `declineErrors`: PostgreSQL may call none of them.
    FunctionOperator(Execution &run, const Datum *&row, std::unique_ptr<Quals> quals, bool declineErrors)
        : m_run(run), m_row(row), m_quals(std::move(quals)), m_declineErrors(declineErrors)
    {
    }
    void compile(Code &code, Scope &scope, Runner &runner, const sql::RangeEntry &entry);
    void open() override;
    bool next() override;

private:
    Execution &m_run;
    const Datum *&m_row;
    std::unique_ptr<Quals> m_quals;
    bool m_declineErrors;
    std::vector<std::unique_ptr<SetCall>> m_calls;
    std::vector<std::size_t> m_offsets;
    std::vector<Datum> m_buffer;
    bool m_ordinality = false;
    std::int64_t m_number = 0;
};

/// Set-returning functions of a select list: all advance together, those at their end give NULL, until all are.
class ProjectSetOperator final : public Operator {
public:
    ProjectSetOperator(Execution &run, Scope &scope, int range, OperatorPtr child)
        : m_run(run), m_scope(scope), m_range(range), m_child(std::move(child))
    {
    }
    void compile(Code &code, Runner &runner, const std::vector<sql::FunctionExpr *> &calls);
    void open() override;
    bool next() override;

private:
    Execution &m_run;
    Scope &m_scope;
    int m_range;
    OperatorPtr m_child;
    std::vector<std::unique_ptr<SetCall>> m_calls;
    std::vector<Datum> m_buffer;
    bool m_open = false;
};

} // namespace sqlgym::exec
