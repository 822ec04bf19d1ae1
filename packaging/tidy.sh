#!/usr/bin/env bash
# clang-tidy over the sources of the programs; all of them, or those under the folders that are given.
#   packaging/tidy.sh [engine/sql ui ...]
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --preset tidy >/dev/null
# What moc and rcc make is included by the sources, so it has to be there.
mapfile -t made < <(ninja -C build/tidy -t targets all | sed -n 's/^\(sqlgym[a-z_-]*_autogen\): phony$/\1/p')
[ ${#made[@]} -eq 0 ] || cmake --build build/tidy --target "${made[@]}" >/dev/null
[ $# -gt 0 ] || set -- engine ui app
printf -v folders '%s|' "$@"
run-clang-tidy-14 -quiet -p build/tidy -j "$(nproc)" "^$PWD/(${folders%|})/.*\.cpp$"
