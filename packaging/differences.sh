#!/usr/bin/env bash
# Compares the embedded engine with PostgreSQL for long: calls of all that it claims, whole queries
# of our own generator, and those of sqlsmith, from several seeds.
#   packaging/differences.sh [SEED...]     SEED defaults to 1 2 3
# Each difference is printed small, ready for tests/parity. Exits 1 when there is any.
set -euo pipefail
cd "$(dirname "$0")/.."
seeds=("$@")
[ ${#seeds[@]} -gt 0 ] || seeds=(1 2 3)
cmake --preset dev >/dev/null
cmake --build --preset dev --target run_differential run_generated run_sqlsmith
failed=0
for seed in "${seeds[@]}"; do
    build/dev/tests/run_differential --seed "$seed" --count 25000 --seconds 900 --least-agreeing 85 || failed=1
    build/dev/tests/run_generated --seed "$seed" --count 10000 --seconds 900 --least-agreeing 70 || failed=1
    build/dev/tests/run_sqlsmith --seed "$seed" --count 10000 --seconds 900 || failed=1
done
exit $failed
