# install_missing PACKAGE...: installs what is not there yet; as root, or with sudo. Sourced by ./run and ./test.

missing_packages() {
    local there package
    # dpkg-query fails when it has never heard of one of them, which is the case this is for.
    there=" $( (dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null || true) | sed -n 's/ installed$//p' | sort -u | tr '\n' ' ')"
    for package in "$@"; do
        [[ $there == *" $package "* ]] || echo "$package"
    done
}

# Debian's postgresql-15 makes a cluster called main and starts it. The product needs the programs alone, so the package
# is told not to, by a file that lies there only while apt runs: what is installed later behaves as Debian means it to.
createcluster_folder=/etc/postgresql-common/createcluster.d
without_main_cluster() (
    made=()
    for folder in /etc/postgresql-common "$createcluster_folder"; do
        if [ ! -d "$folder" ]; then
            as_root mkdir "$folder"
            made=("$folder" "${made[@]}")
        fi
    done
    trap 'as_root rm -f "$createcluster_folder/sqlgym.conf"
        [ ${#made[@]} -eq 0 ] || as_root rmdir --ignore-fail-on-non-empty "${made[@]}"' EXIT
    echo "create_main_cluster = false" | as_root tee "$createcluster_folder/sqlgym.conf" >/dev/null
    "$@"
)

# Debian's pgbouncer starts a service and has it start with the machine. The tests start their own: while apt runs, invoke-rc.d
# is told not to start it (where nobody else says what it may), and afterwards it is no service of this machine.
policy_file=/usr/sbin/policy-rc.d
without_pgbouncer_service() (
    if [ ! -e "$policy_file" ]; then
        trap 'as_root rm -f "$policy_file"' EXIT
        printf '#!/bin/sh\n[ "$1" != pgbouncer ] && [ "$1" != pgbouncer.service ] || exit 101\n' | as_root tee "$policy_file" >/dev/null
        as_root chmod 755 "$policy_file"
    fi
    "$@" || exit
    if [ -d /run/systemd/system ]; then
        as_root systemctl disable --now pgbouncer.service >&2
    elif [ -x /etc/init.d/pgbouncer ]; then
        as_root /etc/init.d/pgbouncer stop >&2 || true
        as_root update-rc.d pgbouncer disable >&2
    fi
)

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "$@" >&2
}

install_missing() {
    if ! command -v dpkg-query >/dev/null; then
        echo "This is not Debian: install by hand what packaging/packages.sh names. Going on." >&2
        return 0
    fi
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        echo "These packages are missing, and sudo is not there to install them: ${missing[*]}" >&2
        echo "As root: apt-get install --no-install-recommends ${missing[*]}" >&2
        return 3
    fi
    echo "Installing: ${missing[*]}" >&2
    as_root apt-get -o DPkg::Lock::Timeout=300 update -qq || echo "The package lists could not be renewed; trying with the old ones." >&2
    local how=(apt_install)
    case " ${missing[*]} " in *" postgresql-15 "*) how=(without_main_cluster "${how[@]}") ;; esac
    case " ${missing[*]} " in *" pgbouncer "*) how=(without_pgbouncer_service "${how[@]}") ;; esac
    "${how[@]}" "${missing[@]}"
}
