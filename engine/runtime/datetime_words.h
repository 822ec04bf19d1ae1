// The names of months and days that date input knows.
#pragma once

#include <string_view>

namespace sqlgym::runtime {

/// 1 to 12; 0: no month's name. `word` is in lower case.
int monthOf(std::string_view word);
bool isDayName(std::string_view word);

} // namespace sqlgym::runtime
