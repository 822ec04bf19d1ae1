// Evaluators of SQL's own constructs: three-valued logic, tests, CASE, COALESCE, NULLIF, IS DISTINCT FROM.
#pragma once

#include "exec/compiler.h"
#include "runtime/compare.h"

namespace sqlgym::exec {

/// Evaluator::onlyTruthCounts, of each: NULL and false are the same in what is made of them by AND and OR.
inline void noneTellsNull(const std::vector<Operand> &arguments)
{
    for (const Operand &argument : arguments)
        if (argument.evaluator)
            argument.evaluator->onlyTruthCounts();
}

class AndEvaluator final : public Evaluator {
public:
    explicit AndEvaluator(std::vector<Operand> arguments) : m_arguments(std::move(arguments)) {}
    Datum eval() override;
    void onlyTruthCounts() override { noneTellsNull(m_arguments); }

private:
    std::vector<Operand> m_arguments;
};

class OrEvaluator final : public Evaluator {
public:
    explicit OrEvaluator(std::vector<Operand> arguments) : m_arguments(std::move(arguments)) {}
    Datum eval() override;
    void onlyTruthCounts() override { noneTellsNull(m_arguments); }

private:
    std::vector<Operand> m_arguments;
};

class NotEvaluator final : public Evaluator {
public:
    explicit NotEvaluator(Operand argument) : m_argument(argument) {}
    Datum eval() override;

private:
    Operand m_argument;
};

class NullTestEvaluator final : public Evaluator {
public:
    NullTestEvaluator(Operand argument, bool isNot, bool ofRow) : m_argument(argument), m_isNot(isNot), m_ofRow(ofRow)
    {
    }
    Datum eval() override;

private:
    Operand m_argument;
    bool m_isNot;
    bool m_ofRow;
};

class BooleanTestEvaluator final : public Evaluator {
public:
    BooleanTestEvaluator(Operand argument, sql::BooleanTest test) : m_argument(argument), m_test(test) {}
    Datum eval() override;

private:
    Operand m_argument;
    sql::BooleanTest m_test;
};

/// `input` is where conditions read the value that is compared; it belongs to the evaluator.
class CaseEvaluator final : public Evaluator {
public:
    Datum eval() override;

    bool hasInput = false;
    Operand inputOperand;
    Datum input = Datum::null();
    std::vector<std::pair<Operand, Operand>> branches;
    Operand otherwise;
};

/// Reads a value that an enclosing evaluator keeps.
class ReadEvaluator final : public Evaluator {
public:
    explicit ReadEvaluator(const Datum *from) : m_from(from) {}
    Datum eval() override { return *m_from; }

private:
    const Datum *m_from;
};

class CoalesceEvaluator final : public Evaluator {
public:
    explicit CoalesceEvaluator(std::vector<Operand> arguments) : m_arguments(std::move(arguments)) {}
    Datum eval() override;

private:
    std::vector<Operand> m_arguments;
};

/// GREATEST and LEAST.
class MinMaxEvaluator final : public Evaluator {
public:
    MinMaxEvaluator(std::vector<Operand> arguments, runtime::CompareFunction compare, bool greatest)
        : m_arguments(std::move(arguments)), m_compare(compare), m_greatest(greatest)
    {
    }
    Datum eval() override;

private:
    std::vector<Operand> m_arguments;
    runtime::CompareFunction m_compare;
    bool m_greatest;
};

class NullIfEvaluator final : public Evaluator {
public:
    NullIfEvaluator(Operand left, Operand right, std::unique_ptr<CallEvaluator> equal)
        : m_left(left), m_right(right), m_equal(std::move(equal))
    {
    }
    Datum eval() override;

private:
    Operand m_left;
    Operand m_right;
    std::unique_ptr<CallEvaluator> m_equal;
};

/// IS [NOT] DISTINCT FROM.
class DistinctEvaluator final : public Evaluator {
public:
    DistinctEvaluator(Operand left, Operand right, std::unique_ptr<CallEvaluator> equal, bool isNot)
        : m_left(left), m_right(right), m_equal(std::move(equal)), m_isNot(isNot)
    {
    }
    Datum eval() override;

private:
    Operand m_left;
    Operand m_right;
    std::unique_ptr<CallEvaluator> m_equal;
    bool m_isNot;
};

/// (a, b) < (c, d): the first pair that differs decides.
class RowCompareEvaluator final : public Evaluator {
public:
    RowCompareEvaluator(std::vector<Operand> left, std::vector<Operand> right,
                        std::vector<runtime::CompareFunction> compare, sql::RowCompareOp op)
        : m_left(std::move(left)), m_right(std::move(right)), m_compare(std::move(compare)), m_op(op)
    {
    }
    Datum eval() override;

private:
    std::vector<Operand> m_left;
    std::vector<Operand> m_right;
    std::vector<runtime::CompareFunction> m_compare;
    sql::RowCompareOp m_op;
};

} // namespace sqlgym::exec
