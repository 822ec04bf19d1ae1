// The values of a key: computed, hashed, compared.
#pragma once

#include "exec/compiler.h"
#include "exec/hash_chains.h"
#include "plan/plan.h"

#include <vector>

namespace sqlgym::exec {

inline std::uint64_t hashKey(const Datum *key, const std::vector<plan::KeyOps> &ops)
{
    std::uint64_t hash = 0x51ED270B;
    for (std::size_t i = 0; i < ops.size(); ++i)
        hash = combineHash(hash, key[i].isNull ? 0x9E37 : ops[i].hash(key[i]));
    return hash;
}

/// NULLs are equal here, as for GROUP BY and DISTINCT.
inline bool sameKey(const Datum *a, const Datum *b, const std::vector<plan::KeyOps> &ops)
{
    for (std::size_t i = 0; i < ops.size(); ++i) {
        if (a[i].isNull || b[i].isNull) {
            if (a[i].isNull != b[i].isNull)
                return false;
        } else if (ops[i].compare(a[i], b[i]) != 0)
            return false;
    }
    return true;
}

/// The order of two values as ORDER BY asks for it.
inline int orderValues(const Datum &a, const Datum &b, const plan::KeyOps &ops)
{
    if (a.isNull || b.isNull) {
        if (a.isNull && b.isNull)
            return 0;
        return a.isNull == ops.nullsFirst ? -1 : 1;
    }
    const int order = ops.compare(a, b);
    return ops.descending ? -order : order;
}
inline int orderKeys(const Datum *a, const Datum *b, const std::vector<plan::KeyOps> &ops)
{
    for (std::size_t i = 0; i < ops.size(); ++i)
        if (const int order = orderValues(a[i], b[i], ops[i]))
            return order;
    return 0;
}

/// Equal to the last bit: what a reader could tell apart is different here (1.0 and 1.00 are).
bool identical(const Datum &a, const Datum &b);

} // namespace sqlgym::exec
