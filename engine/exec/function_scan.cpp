#include "exec/function_scan.h"

#include "catalogue/catalogue.h"

#include <algorithm>
#include <utility>

namespace sqlgym::exec {

SetCall::SetCall(Execution &run, const sql::Expr &expr, std::size_t columns, std::vector<runtime::ColumnShape> shapes)
    : m_run(run), m_expr(expr), m_columns(columns), m_shapes(std::move(shapes)), m_scratch(run)
{
}

SetCall::~SetCall()
{
    if (m_site.release && m_site.memory)
        m_site.release(m_site.memory);
}

void SetCall::compile(Code &code, Scope &scope, Runner &runner)
{
    Compiler compiler(code, m_run, &scope, m_scratch.cx, &runner);
    const auto *call = sql::as<sql::FunctionExpr>(&m_expr);
    if (!call || !call->returnsSet) {
        if (m_columns != 1)
            m_run.stop.decline("a function in FROM that gives a record");
        m_plain = compiler.compile(const_cast<sql::Expr *>(&m_expr));
        return;
    }
    const auto *row = catalogue::findFunction(call->function);
    m_function = row ? runtime::findSet(row->symbol) : nullptr;
    if (!m_function) {
        m_run.stop.decline("a set-returning function");
        return;
    }
    m_strict = row->strict;
    m_isPlain = !row->returnsSet;
    m_site.columns = m_shapes;
    for (const sql::Expr *argument : call->arguments)
        m_types.push_back(argument->type);
    m_site.argumentTypes = m_types;
    m_site.resultType = call->type;
    m_arguments = compiler.compileAll(call->arguments);
    m_values.resize(m_arguments.size() + 1, Datum::null());
}

void SetCall::open()
{
    m_scratch.arena.reset();
    m_done = false;
    if (!m_function)
        return;
    bool null = false;
    for (std::size_t i = 0; i < m_arguments.size(); ++i) {
        m_values[i] = m_arguments[i].get();
        null = null || m_values[i].isNull;
    }
    m_nullRow = null && m_strict && m_isPlain && !m_run.stopped();
    m_done = m_run.stopped() || (null && m_strict);
    if (m_done)
        return;
    runtime::Call call{m_scratch.cx, m_site, m_arguments.size()};
    m_state = m_function->open(call, m_values.data());
}

bool SetCall::next(Datum *columns)
{
    if (!m_done && !m_function) {
        m_done = true;
        columns[0] = m_plain.get();
        return !m_run.stopped();
    }
    if (!m_done && m_run.proceed()) {
        runtime::Call call{m_scratch.cx, m_site, m_arguments.size()};
        if (m_function->next(call, m_state, columns) && !m_run.stopped())
            return true;
    }
    m_done = true;
    std::fill(columns, columns + m_columns, Datum::null());
    return std::exchange(m_nullRow, false);
}

void FunctionOperator::compile(Code &code, Scope &scope, Runner &runner, const sql::RangeEntry &entry)
{
    std::size_t offset = 0;
    for (std::size_t i = 0; i < entry.functions.size(); ++i) {
        const auto columns = std::size_t(entry.functionColumns[i]);
        std::vector<runtime::ColumnShape> shapes;
        for (std::size_t c = 0; c < columns; ++c) {
            const auto &column = entry.columns[offset + c];
            shapes.push_back({column.name, column.type, column.typmod});
        }
        m_calls.push_back(std::make_unique<SetCall>(m_run, *entry.functions[i], columns, std::move(shapes)));
        m_calls.back()->compile(code, scope, runner);
        m_offsets.push_back(offset);
        offset += columns;
    }
    m_ordinality = entry.ordinality;
    m_buffer.resize(offset + 1, Datum::null());
}

void FunctionOperator::open()
{
    m_number = 0;
    for (auto &call : m_calls)
        call->open();
    if (m_run.stopped() && m_declineErrors)
        declineError(m_run);
}

bool FunctionOperator::next()
{
    while (m_run.proceed()) {
        bool any = false;
        for (std::size_t i = 0; i < m_calls.size(); ++i)
            any = m_calls[i]->next(m_buffer.data() + m_offsets[i]) || any;
        if (m_run.stopped() && m_declineErrors)
            declineError(m_run);
        if (!any || m_run.stopped()) {
            m_sawAll = m_sawAll || !m_run.stopped();
            return false;
        }
        if (m_ordinality)
            m_buffer.back() = Datum::ofInt(++m_number);
        m_row = m_buffer.data();
        if (m_quals->pass())
            return true;
    }
    return false;
}

void ProjectSetOperator::compile(Code &code, Runner &runner, const std::vector<sql::FunctionExpr *> &calls)
{
    for (const sql::FunctionExpr *call : calls) {
        m_calls.push_back(std::make_unique<SetCall>(m_run, *call, 1));
        m_calls.back()->compile(code, m_scope, runner);
    }
    m_buffer.resize(calls.size() + 1, Datum::null());
    // From here on the functions are read as columns.
    for (std::size_t i = 0; i < calls.size(); ++i)
        m_scope.computed[calls[i]] = {m_range, int(i)};
}

void ProjectSetOperator::open()
{
    m_open = false;
    m_child->open();
}

bool ProjectSetOperator::next()
{
    while (m_run.proceed()) {
        if (!m_open) {
            if (!m_child->next())
                return false;
            for (auto &call : m_calls)
                call->open();
            m_open = true;
        }
        bool any = false;
        for (std::size_t i = 0; i < m_calls.size(); ++i)
            any = m_calls[i]->next(&m_buffer[i]) || any;
        if (m_run.stopped())
            return false;
        if (any) {
            m_scope.rows[std::size_t(m_range)] = m_buffer.data();
            return true;
        }
        m_open = false;
    }
    return false;
}

} // namespace sqlgym::exec
