// 128-bit integers, which GCC and Clang offer beyond the standard.
#pragma once

namespace sqlgym::value {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

} // namespace sqlgym::value
