#!/usr/bin/env bash
# Installing PgBouncer for the tests starts no service: apt is told so while it runs, others are not hindered, and what was
# put there is gone afterwards; a machine that says itself what may start is left alone.
set -euo pipefail
. "$(dirname "$0")/../../packaging/install.sh"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
policy_file=$folder/policy-rc.d
# What would change this machine is noted instead.
as_root() {
    case $1 in
    systemctl | update-rc.d | /etc/*) echo "$*" >>"$folder/asked" ;;
    *) "$@" ;;
    esac
}
during() {
    ! "$policy_file" pgbouncer start || { echo "pgbouncer may start"; return 1; }
    ! "$policy_file" pgbouncer.service start || { echo "pgbouncer.service may start"; return 1; }
    "$policy_file" dbus start || { echo "others may not start"; return 1; }
    echo during
}
[ "$(without_pgbouncer_service during)" = during ]
[ ! -e "$policy_file" ] || { echo "the policy stays behind"; exit 1; }
if without_pgbouncer_service false; then echo "a failure is hidden"; exit 1; fi
[ ! -e "$policy_file" ] || { echo "the policy stays behind after a failure"; exit 1; }

printf '#!/bin/sh\nexit 101\n' >"$policy_file"
without_pgbouncer_service true
[ "$(cat "$policy_file")" = $'#!/bin/sh\nexit 101' ] || { echo "a policy of the machine's own was changed"; exit 1; }
if [ -d /run/systemd/system ] || [ -x /etc/init.d/pgbouncer ]; then
    grep -q disable "$folder/asked" || { echo "it starts with the machine"; exit 1; }
fi
