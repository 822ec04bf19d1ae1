// What could stand at the cursor.
#pragma once

#include "assist/scope.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::assist {

enum class ProposalKind : std::uint8_t { Column, Table, Alias, Condition, Function, Keyword };

struct Proposal {
    ProposalKind kind = ProposalKind::Column;
    std::string label;  ///< what is shown and matched
    std::string insert; ///< what replaces the word being written
    std::string detail; ///< type, table or signature
};

struct Completion {
    std::size_t byteBegin = 0; ///< where the word begins that is replaced; it ends at the cursor
    std::vector<Proposal> proposals;
};

/// Proposals in the order in which they are likely. None inside strings, comments and numbers, and where a new name is
/// given. Longer texts than kMostCompleted give none.
Completion complete(std::string_view text, std::size_t cursorByte, ScopeFinder &finder);

inline constexpr std::size_t kMostCompleted = 256u << 10; ///< bytes

} // namespace sqlgym::assist
