// The run-time parameters (SET, SHOW, RESET) that a script may name: those whose accepted values change no answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::sql {

struct Setting {
    std::string_view name; ///< as SHOW heads its column (PostgreSQL manual, chapter 20)
    std::string_view initial;
};

/// nullptr: not among them, whether PostgreSQL knows it or not. Case does not matter.
const Setting *findSetting(std::string_view name);

/// What SHOW prints after `SET name TO values`; nullopt: these values could change answers, or are not valid.
std::optional<std::string> acceptedValue(const Setting &setting, const std::vector<std::string> &values);

} // namespace sqlgym::sql
