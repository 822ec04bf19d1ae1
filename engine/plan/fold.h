// Constant folding as PostgreSQL's planner does it: it decides which errors appear.
#pragma once

#include "plan/walk.h"
#include "value/context.h"

#include <functional>
#include <string_view>
#include <utility>

namespace sqlgym::plan {

/// Evaluates expressions without columns: the executor's evaluators, handed down so that planning needs no copy of
/// them. The result lives in the run's lasting arena.
class ConstantEvaluator {
public:
    virtual ~ConstantEvaluator() = default;
    virtual value::Datum evaluate(sql::Expr *expr) = 0;
    /// The last evaluation failed, and the error is only noted: what it was about stays as it is.
    virtual bool passedOver() const { return false; }
    virtual value::Context &context() = 0;
};

/// Simplifies in place, PostgreSQL's eval_const_expressions. An error while evaluating is raised in the context's stop
/// slot, as it fails PostgreSQL's planning.
class Folder {
public:
    Folder(sql::BoundStatement &statement, ConstantEvaluator &evaluator);

    void fold(sql::Expr *&slot);
    /// Called for each column that is met.
    void whenColumn(std::function<void(const sql::ColumnExpr &)> f) { m_whenColumn = std::move(f); }
    /// Folds what does not stand in the expression that is being folded.
    void foldApart(sql::Expr *&slot);
    /// Stable functions too, as PostgreSQL folds for its estimates.
    void foldEstimated(sql::Expr *&slot);
    /// A folded condition, of which only TRUE counts: NULL is as good as FALSE (canonicalize_qual).
    void foldCondition(sql::Expr *&slot);

private:
    void foldFunction(sql::Expr *&slot);
    void foldBoolean(sql::Expr *&slot);
    void foldBooleanEquality(sql::Expr *&slot);
    void foldNot(sql::Expr *&slot);
    static std::vector<sql::Expr *> joinedList(sql::BooleanOp op, const std::vector<sql::Expr *> &list);
    sql::Expr *joined(sql::BooleanOp op, const std::vector<sql::Expr *> &list);
    sql::Expr *withoutRepetition(const std::vector<sql::Expr *> &ors);
    void foldCase(sql::Expr *&slot);
    void foldCoalesce(sql::Expr *&slot);
    void foldNullTest(sql::Expr *&slot);
    void foldBooleanTest(sql::Expr *&slot);
    void foldRelabel(sql::Expr *&slot);
    void foldRowTest(sql::Expr *&slot, const sql::RowExpr &row, bool isNot);
    void foldConvert(sql::Expr *&slot);
    void foldComparison(sql::Expr *&slot);
    void foldWhenConstant(sql::Expr *&slot);
    void replaceByValue(sql::Expr *&slot);
    void foldChildren(sql::Expr *expr);
    bool childrenConstant(sql::Expr *expr);
    void become(sql::Expr *&slot, const value::Datum &datum);
    sql::Expr *makeBool(bool isTrue);
    bool isFoldable(char volatility) const { return volatility == 'i' || (m_estimating && volatility == 's'); }
    bool isFoldable(value::Oid function) const;
    bool isFoldableSymbol(std::string_view symbol) const;
    bool isFoldableConversion(value::Oid from, value::Oid to) const;
    bool isFoldableElement(sql::Expr *expr) const;

    sql::BoundStatement &m_statement;
    ConstantEvaluator &m_evaluator;
    std::function<void(const sql::ColumnExpr &)> m_whenColumn;
    bool m_estimating = false;
    sql::ConstantExpr *m_caseInput = nullptr; ///< the constant a CASE compares with, while its conditions fold
};

} // namespace sqlgym::plan
