// Types that scripts define. Their identity is their content: the same name and labels are the same type, with the same
// OID, for as long as the process lives, so that a type's row never changes under whoever holds it.
#pragma once

#include "catalogue/catalogue.h"

#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::catalogue {

/// OIDs from here on are not built in.
inline constexpr Oid kFirstUserOid = 16384;

struct EnumType {
    const TypeRow *row = nullptr;
    std::vector<std::string> labels; ///< in order
};

/// Thread-safe. nullptr when a process has made more types than it ever should (kMaxUserTypes).
const EnumType *internEnum(std::string_view name, const std::vector<std::string> &labels);
const EnumType *findEnum(Oid oid);
inline constexpr std::size_t kMaxUserTypes = 10'000;

} // namespace sqlgym::catalogue
