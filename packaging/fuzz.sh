#!/usr/bin/env bash
# Builds the libFuzzer targets and runs each for SECONDS (60), from seeds and what earlier runs found.
#   packaging/fuzz.sh [SECONDS [TARGET...]]
# A crash is left in build/fuzz/found; run the target with that file as its argument to see it again.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-60}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(sql types frames json)
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz
mkdir -p build/fuzz/found
failed=()
for target in "${targets[@]}"; do
    corpus=build/fuzz/corpus/$target
    seeds=(tests/fuzz/seeds/"$target".txt)
    [ "$target" = sql ] && seeds+=(tests/engine/sql/statements.sql)
    [ -e "$corpus.dict" ] || build/fuzz/tests/random_inputs "$target" "write:$corpus" "${seeds[@]}"
    echo "Fuzzing $target for $seconds s"
    build/fuzz/tests/fuzz_"$target" -dict="$corpus.dict" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=3000 \
        -max_len=4096 -print_final_stats=1 -verbosity=0 -artifact_prefix="build/fuzz/found/$target-" "$corpus" 2>&1 | tail -40 ||
        failed+=("$target")
done
[ ${#failed[@]} -eq 0 ] || { echo "Failed: ${failed[*]}" >&2; exit 1; }
