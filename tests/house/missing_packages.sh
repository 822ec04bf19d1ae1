#!/usr/bin/env bash
# What is not installed is noticed under the same shell options as ./run and ./test set, also when dpkg has never heard
# of it: on a bare system that is most of the list.
set -euo pipefail
. "$(dirname "$0")/../../packaging/install.sh"
mapfile -t missing < <(missing_packages bash sqlgym-no-such-package coreutils)
[ "${missing[*]}" = sqlgym-no-such-package ] || { echo "missing: '${missing[*]}'"; exit 1; }
