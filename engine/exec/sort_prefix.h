// Numbers that stand for the values of a sort key, so that most comparisons touch no row.
#pragma once

#include "plan/plan.h"
#include "value/datum.h"

#include <cstdint>

namespace sqlgym::exec {

/// Maps the values of one sort key to numbers that compare as ORDER BY asks for; equal numbers may stand for different
/// values, see decides(). NULL has a number of its own.
class SortPrefix {
public:
    explicit SortPrefix(const plan::KeyOps &ops);

    /// Is there such a mapping for the key's type, and has it held for every value so far?
    bool usable() const { return m_kind != Kind::None; }
    std::uint64_t of(const value::Datum &datum);
    /// Values with this number are all equal. To be asked when all values have been seen.
    bool decides(std::uint64_t prefix) const;

private:
    enum class Kind : std::uint8_t { None, Integer, Float, Numeric, Bytes };
    std::uint64_t ascending(const value::Datum &datum);
    std::uint64_t ofNumeric(const value::Datum &datum);

    Kind m_kind = Kind::None;
    bool m_descending;
    bool m_nullsFirst;
    bool m_exact = true; ///< no two different values have had one number (Bytes: none that decides() vouches for)
};

} // namespace sqlgym::exec
