// Values of enum types.
#pragma once

#include "catalogue/user_types.h"
#include "value/context.h"

#include <cstdint>
#include <string_view>

namespace sqlgym::runtime {

/// The label lies in the type, which is never freed.
value::Datum enumValue(const catalogue::EnumType &type, std::size_t index);
/// 22P02 when `text` is no label.
value::Datum readEnum(const catalogue::EnumType &type, std::string_view text, value::Context &cx);
/// In the order of the labels' definition.
int compareEnums(const value::Datum &a, const value::Datum &b);
std::uint64_t hashEnum(const value::Datum &value);

} // namespace sqlgym::runtime
