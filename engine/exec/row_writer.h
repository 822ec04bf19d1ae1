// What INSERT and UPDATE share: the tests a new row has to pass, and PostgreSQL's words when it fails one.
#pragma once

#include "exec/compiler.h"
#include "exec/database.h"
#include "exec/scope.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace sqlgym::exec {

/// Evaluates expressions over one row of a table (range 0).
class RowExpressions {
public:
    RowExpressions(Execution &run, Scratch &scratch);

    /// Declines what is not supported; the operand is only to be used when the run goes on.
    Operand compile(sql::Expr *expr);
    void standOn(const Datum *row) { m_scope.rows[0] = row; }

private:
    Execution &m_run;
    Code m_code;
    Scope m_scope;
    Compiler m_compiler;
};

/// NOT NULL and CHECK. False: the run has been stopped, with PostgreSQL's error.
class RowTests {
public:
    RowTests(Execution &run, const sql::TableDefinition &definition, const std::vector<sql::Expr *> &checks,
             RowExpressions &expressions);
    bool pass(const Datum *row);

private:
    Execution &m_run;
    const sql::TableDefinition &m_definition;
    RowExpressions &m_expressions;
    std::vector<std::pair<const sql::CheckDefinition *, Operand>> m_checks;
};

/// "Failing row contains (1, null)."
std::string describeRow(const sql::TableDefinition &definition, const Datum *row);
/// "(id)=(1)"
std::string describeKey(const sql::TableDefinition &definition, const std::vector<int> &columns, const Datum *row);
/// 23502
void failNotNull(Execution &run, const sql::TableDefinition &definition, std::size_t column, const Datum *row);

} // namespace sqlgym::exec
