// Typed expressions -> evaluators.
#pragma once

#include "exec/evaluator.h"
#include "exec/scope.h"
#include "plan/plan.h"
#include "runtime/function.h"
#include "sql/bound.h"

#include <memory>
#include <vector>

namespace sqlgym::exec {

class Runner;

/// Compiles the expressions of one operator: values go to `cx`'s arena, which the operator resets at each row.
/// `scope` may be nullptr for expressions without columns; `runner` for expressions without sublinks.
class Compiler {
public:
    Compiler(Code &code, Execution &run, Scope *scope, value::Context &cx, Runner *runner)
        : m_code(code), m_run(run), m_scope(scope), m_cx(cx), m_runner(runner)
    {
    }

    Operand compile(sql::Expr *expr);
    std::vector<Operand> compileAll(const std::vector<sql::Expr *> &list);

private:
    Operand own(Evaluator *evaluator)
    {
        Operand operand;
        operand.evaluator = evaluator;
        return operand;
    }
    Operand column(const Datum *const *row, int index)
    {
        Operand operand;
        operand.row = row;
        operand.column = index;
        return operand;
    }
    Operand constant(const Datum &datum)
    {
        Operand operand;
        operand.constant = datum;
        return operand;
    }
    Operand compileColumn(const sql::ColumnExpr &expr);
    Operand compileSlot(const sql::Expr &expr);
    Operand compileCall(const sql::FunctionExpr &expr);
    Operand compileCase(const sql::CaseExpr &expr);
    Operand compileSqlValue(const sql::SqlValueExpr &expr);
    Operand compileSublink(sql::SublinkExpr &expr);
    Operand compileArrayOperator(const sql::ArrayOperatorExpr &expr);
    Operand unsupported(const char *what);

    Code &m_code;
    Execution &m_run;
    Scope *m_scope;
    value::Context &m_cx;
    Runner *m_runner;
    const Datum *m_caseInput = nullptr;          ///< where the innermost CASE keeps its input's value
    const Datum *const *m_sublinkRows = nullptr; ///< the row of the query an ANY or ALL looks at
};

/// A call through its symbol, with its call site.
class CallEvaluator {
public:
    CallEvaluator(runtime::ScalarFunction function, std::vector<Oid> types, Oid result, value::Context &cx)
        : m_function(function), m_types(std::move(types)), m_cx(cx)
    {
        m_site.argumentTypes = m_types;
        m_site.resultType = result;
    }
    ~CallEvaluator()
    {
        if (m_site.release && m_site.memory)
            m_site.release(m_site.memory);
    }
    CallEvaluator(const CallEvaluator &) = delete;
    CallEvaluator &operator=(const CallEvaluator &) = delete;

    Datum call(const Datum *arguments, std::size_t count)
    {
        runtime::Call call{m_cx, m_site, count};
        return m_function(call, arguments);
    }

private:
    runtime::ScalarFunction m_function;
    std::vector<Oid> m_types;
    runtime::CallSite m_site;
    value::Context &m_cx;
};

/// nullptr when the function has no implementation.
std::unique_ptr<CallEvaluator> makeCall(Oid function, std::vector<Oid> types, value::Context &cx);

/// Specialised nodes for the commonest comparisons and integer arithmetic; nullptr when there is none for `symbol`.
Evaluator *makeFastCall(Code &code, std::string_view symbol, const Operand &left, const Operand &right,
                        value::Context &cx);

/// True when all of `quals` are true of the current row; stops at the first that is not.
inline bool allTrue(const std::vector<Operand> &quals)
{
    for (const Operand &qual : quals)
        if (!qual.get().isTrue())
            return false;
    return true;
}

} // namespace sqlgym::exec
