// A compiled expression: computes one value from the rows its query stands on.
#pragma once

#include "exec/execution.h"

#include <memory>
#include <vector>

namespace sqlgym::exec {

/// Bound to the row pointers of its query when compiled. NULL when the run has to stop (see Execution::stopped).
/// The result lives as long as the row: in the compiling operator's scratch, or in the rows read.
class Evaluator {
public:
    virtual ~Evaluator() = default;
    virtual Datum eval() = 0;
    /// Nobody tells NULL from false here: it need not be found out which it is.
    virtual void onlyTruthCounts() {}
};

/// An argument: a column and a constant are read without a virtual call.
struct Operand {
    const Datum *const *row = nullptr;
    int column = 0;
    Evaluator *evaluator = nullptr;
    Datum constant = Datum::null();

    Datum get() const
    {
        if (row)
            return (*row)[column];
        if (evaluator)
            return evaluator->eval();
        return constant;
    }
    bool isConstant() const { return !row && !evaluator; }
};

/// Owns what a statement was compiled into; flat, so that deep expressions are freed without recursion.
class Code {
public:
    Code() = default;
    Code(const Code &) = delete;
    Code &operator=(const Code &) = delete;

    template <typename T, typename... Args> T *make(Args &&...args)
    {
        auto owned = std::make_unique<T>(std::forward<Args>(args)...);
        T *raw = owned.get();
        m_evaluators.push_back(std::move(owned));
        return raw;
    }

private:
    std::vector<std::unique_ptr<Evaluator>> m_evaluators;
};

} // namespace sqlgym::exec
