#!/usr/bin/env bash
# clang-tidy over the sources of the programs; all of them, or those under the folders that are given.
#   packaging/tidy.sh [engine/sql ui ...]
set -euo pipefail
cd "$(dirname "$0")/.."
cmake --preset tidy >/dev/null
cmake --build --preset tidy
[ $# -gt 0 ] || set -- engine ui app
printf -v folders '%s|' "$@"
run-clang-tidy-14 -quiet -p build/tidy -j "$(nproc)" "^$PWD/(${folders%|})/.*\.cpp$"
