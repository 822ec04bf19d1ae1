"""Reads packaging/cmake/modules.cmake: which folder may use which, and which libraries from outside."""
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Library, as the table calls it -> the start of its headers' names.
LIBRARY_HEADERS = {
    "nettle": ("nettle/",),
    "gmp": ("gmp.h",),
    "mpfr": ("mpfr.h",),
    "date": ("date/",),
    "simdjson": ("simdjson.h",),
    "pg_query": ("pg_query.h", "pg_query/", "protobuf-c/"),
    "re2": ("re2/",),
    "sqlite3": ("sqlite3.h",),
    "pq": ("libpq-fe.h", "postgres_ext.h"),
    "nlohmann_json": ("nlohmann/",),
    "valijson": ("valijson/",),
    "seccomp": ("seccomp.h",),
    "libsecret": ("libsecret/",),
    "cli11": ("CLI/",),
    "spdlog": ("spdlog/", "fmt/"),
    "qscintilla2_qt6": ("Qsci/",),
}


class Module:
    def __init__(self, folder, uses, outside):
        self.folder, self.uses, self.outside = folder, uses, outside
        self.name = folder.split("/")[1]


def read_modules():
    """The rows in the table's order."""
    text = (ROOT / "packaging/cmake/modules.cmake").read_text()
    modules = []
    for folder, uses, outside in re.findall(r'^\s*"([a-z]+/[a-z_]+)\s*\|([^|"]*)\|([^|"]*)"', text, re.M):
        modules.append(Module(folder, [u for u in uses.split() if u != "-"], [o for o in outside.split() if o != "-"]))
    return modules


def read_threaded():
    """The folders whose tests run under ThreadSanitizer."""
    return set(re.search(r"set\(SQLGYM_THREADED ([^)]*)\)", (ROOT / "packaging/cmake/modules.cmake").read_text())[1].split())


def library_of(header):
    """The table's name of the library a header comes from; None for C++, C and POSIX."""
    qt = re.match(r"Qt([A-Z][A-Za-z]*)/", header)
    if qt:
        return "Qt6" + qt.group(1)
    for library, starts in LIBRARY_HEADERS.items():
        if header.startswith(starts):
            return library
    return None


def includes(path):
    """(line number, name, written in quotes) of each #include."""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if found:
            yield number, found.group(2), found.group(1) == '"'


def declared(cmake_file, word):
    """What stands after DEPENDS or OUTSIDE in a target's CMakeLists.txt."""
    found = re.search(r"\b%s\s+([a-zA-Z0-9_\s]+?)\s*(?=\)|\b[A-Z]{3,}\b)" % word, cmake_file.read_text())
    return found.group(1).split() if found else []


def sources(folder):
    return sorted(p for p in (ROOT / folder).rglob("*") if p.suffix in (".cpp", ".h"))
