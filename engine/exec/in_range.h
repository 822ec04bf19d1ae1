// RANGE frames with an offset: is a value within reach of the current row's?
#pragma once

#include "exec/compiler.h"

#include <memory>

namespace sqlgym::exec {

/// PostgreSQL's in_range support functions, for one column type and one offset type.
class InRange {
public:
    /// nullptr when the pair of types is not supported.
    static std::unique_ptr<InRange> make(Execution &run, Oid columnType, Oid offsetType);

    /// value <= (or, not `less`, >=) base - (or, not `subtract`, +) offset. None is NULL.
    bool test(const Datum &value, const Datum &base, const Datum &offset, bool subtract, bool less);
    /// Raises 22013 when `offset` is negative.
    bool checkOffset(const Datum &offset);

private:
    enum class Kind { Integer, Float, Other };
    InRange(Execution &run, Kind kind) : m_run(run), m_scratch(run), m_kind(kind) {}

    Execution &m_run;
    Scratch m_scratch;
    Kind m_kind;
    bool m_dateToTimestamp = false; ///< date ± interval is a timestamp
    std::unique_ptr<CallEvaluator> m_add;
    std::unique_ptr<CallEvaluator> m_subtract;
    int (*m_compare)(const Datum &, const Datum &) = nullptr;
    int (*m_compareOffset)(const Datum &, const Datum &) = nullptr;
    Datum m_zero = Datum::null();
};

} // namespace sqlgym::exec
