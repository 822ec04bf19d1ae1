# Debian packages, by purpose. Sourced by ./run and ./test.
build_packages=(build-essential cmake ninja-build pkg-config ccache lld
    qt6-base-dev qt6-svg-dev libqscintilla2-qt6-dev libpq-dev libsqlite3-dev libpg-query-dev libprotobuf-c-dev
    nlohmann-json3-dev libvalijson-dev libgmp-dev libmpfr-dev libcli11-dev libseccomp-dev nettle-dev libsecret-1-dev libgl-dev tzdata)
run_packages=(libqt6svg6 qt6-qpa-plugins fonts-dejavu-core)
# PostgreSQL: exact mode. Graphviz: the diagram of the tables. libsecret: the keychain. Certificates: whom to trust. Without
# them all else works.
recommended_packages=(postgresql-15 graphviz libsecret-1-0 ca-certificates)
test_packages=(postgresql-15 pgbouncer gnome-keyring openssl graphviz xvfb xauth openbox xdotool imagemagick dbus at-spi2-core python3 python3-pyatspi x11-utils
    libbenchmark-dev)
check_packages=(clang-14 clang-format-14 clang-tidy-14 libclang-rt-14-dev sqlsmith)
