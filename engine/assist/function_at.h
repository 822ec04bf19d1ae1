// The function whose call the cursor is in.
#pragma once

#include "assist/function_list.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace sqlgym::assist {

struct FunctionAt {
    const FunctionHelp *help = nullptr; ///< null: the cursor is in no call of a known function
    int argument = -1;                  ///< from 0; -1: the cursor is on the name
};

/// The innermost call around the cursor, or the one whose name it is on. Any bytes are taken; costs a scanSql().
FunctionAt functionAt(std::string_view text, std::size_t cursorByte);

/// One line about it: the signature that takes the argument at the cursor, how many others there are, and what it does.
std::string describe(const FunctionAt &at);

} // namespace sqlgym::assist
