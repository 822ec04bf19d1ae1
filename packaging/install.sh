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
    case " ${missing[*]} " in
    *" postgresql-15 "*) without_main_cluster apt_install "${missing[@]}" ;;
    *) apt_install "${missing[@]}" ;;
    esac
}
