// Names that PostgreSQL makes up for constraints, indexes and sequences.
#pragma once

#include <string>
#include <string_view>

namespace sqlgym::sql {

/// A column that every table has, whatever it is made of.
inline bool isSystemColumn(std::string_view name)
{
    return name == "ctid" || name == "xmin" || name == "xmax" || name == "cmin" || name == "cmax" || name == "tableoid";
}

/// The longest name, in bytes (NAMEDATALEN - 1).
constexpr std::size_t kMaxName = 63;

/// `first_second_label`, the longer of the first two cut so that it fits; an empty `second` is left out.
std::string objectName(std::string_view first, std::string_view second, std::string_view label);

/// The first of `first_second_label`, `..._label1`, `..._label2` that is not `taken`.
template <typename F>
std::string freeObjectName(std::string_view first, std::string_view second, std::string_view label, F &&taken)
{
    std::string name = objectName(first, second, label);
    for (int i = 1; taken(name); ++i)
        name = objectName(first, second, std::string(label) + std::to_string(i));
    return name;
}

} // namespace sqlgym::sql
