#!/usr/bin/env python3
"""The rules of the house that can be read from the sources: arrows, libraries, sizes, format, names of places."""
import os
import re
import shutil
import subprocess
import unittest

from modules_table import ROOT, declared, includes, library_of, read_modules, read_threaded, sources

TOP_LEVEL = {"CMakeLists.txt", "CMakePresets.json", "app", "ui", "engine", "resources", "tests", "packaging", "run", "test",
             "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"}
MADE_BY_BUILDING = {"build"}
PROGRAMS = {"sqlgym", "sqlgymctl", "sqlgymd", "sqlgym-sandbox", "sqlgym-gateway"}  # the last is a module of the first
C_AND_POSIX = {"dlfcn.h", "execinfo.h", "fcntl.h", "grp.h", "locale.h", "malloc.h", "poll.h", "pthread.h", "pwd.h", "sched.h", "signal.h",
               "spawn.h", "termios.h", "time.h", "unistd.h", "wchar.h", "wctype.h"}
MOST_LINES = 500
# A file of one of these is read by people and must stay small enough to be.
READ_BY_PEOPLE = (".cpp", ".h", ".py", ".sh", ".cmake", "CMakeLists.txt")


def all_files():
    for folder, inner, names in os.walk(ROOT):
        if folder == str(ROOT):
            inner[:] = [i for i in inner if i not in MADE_BY_BUILDING and i not in (".git", ".cache")]
        inner[:] = [i for i in inner if i != "__pycache__"]
        for name in names:
            if name == ".git":
                continue  # a file where the tree is a second one of its repository
            path = os.path.join(folder, name)
            yield path, os.path.relpath(path, ROOT)


def text_of(path):
    with open(path, "rb") as file:
        data = file.read()
    return None if b"\0" in data else data.decode("utf-8", "replace")


class House(unittest.TestCase):
    def none(self, faults):
        self.assertEqual([], faults, "\n" + "\n".join(faults))

    def test_the_table_is_read(self):
        names = [m.name for m in read_modules()]
        self.assertIn("base", names)
        self.assertIn("shell", names)
        self.assertEqual(len(names), len(set(names)), "a folder has two rows")

    def test_rows_point_upwards_only(self):
        seen, faults = set(), []
        for module in read_modules():
            faults += [f"{module.folder} uses {used}, which does not stand above it" for used in module.uses
                       if used not in seen]
            seen.add(module.name)
        self.none(faults)

    def test_rows_hold_no_circle(self):
        uses = {m.name: m.uses for m in read_modules()}
        faults = []

        def walk(name, way):
            if name in way:
                faults.append(" -> ".join(way[way.index(name):] + [name]))
                return
            for used in uses.get(name, []):
                walk(used, way + [name])
        for name in uses:
            if not faults:
                walk(name, [])
        self.none(faults)

    def test_every_folder_has_a_row(self):
        rows = {m.folder for m in read_modules()}
        folders = {f"{top}/{p.name}" for top in ("engine", "ui") for p in (ROOT / top).iterdir() if p.is_dir()}
        self.assertEqual(rows, folders)

    def test_includes_follow_the_table(self):
        modules = read_modules()
        names, faults = {m.name for m in modules}, []
        for module in modules:
            for path in sources(module.folder):
                for line, header, quoted in includes(path):
                    where = f"{path.relative_to(ROOT)}:{line}: "
                    library = library_of(header)
                    if library is not None:
                        if library not in module.outside:
                            faults.append(f"{where}<{header}> is {library}, which {module.name} may not use")
                    elif quoted:
                        target = header.split("/")[0]
                        if "/" in header and target in names:
                            if target != module.name and target not in module.uses:
                                faults.append(f"{where}{module.name} may not use {target}")
                        elif not (path.parent / header).exists():
                            faults.append(f"{where}\"{header}\" is in no folder of the table")
                    elif not standard(header):
                        faults.append(f"{where}<{header}> is of no library this test knows")
        self.none(faults)

    def test_includes_are_linked(self):
        """A folder that is included is named in the target's own DEPENDS, not found by way of another."""
        modules = read_modules()
        names, faults = {m.name for m in modules}, []
        folders = [(m.folder, m.name) for m in modules] + [("app/" + p.name, p.name) for p in (ROOT / "app").iterdir() if p.is_dir()]
        for folder, name in folders:
            linked = reach(declared(ROOT / folder / "CMakeLists.txt", "DEPENDS"), modules) | {name}
            used = {h.split("/")[0] for p in sources(folder) for _, h, quoted in includes(p) if quoted and "/" in h}
            faults += [f"{folder} includes {u}, which its DEPENDS do not reach" for u in sorted(used & names - linked)]
        self.none(faults)

    def test_threads_are_started_where_the_table_says(self):
        threaded = read_threaded()
        pattern = re.compile(r"std::(jthread|thread|async)\b(?!::)|\bpthread_create\b|\bQThread\b|\bQtConcurrent\b")
        self.none([f"{path.relative_to(ROOT)} starts a thread, but {module.name} is not in SQLGYM_THREADED"
                   for module in read_modules() for path in sources(module.folder)
                   if module.name not in threaded and pattern.search(path.read_text())])

    def test_only_the_window_includes_qt(self):
        faults = []
        for folder in ("engine", "app/sqlgymctl", "app/sqlgym-sandbox"):
            for path in sources(folder):
                faults += [f"{path.relative_to(ROOT)}:{line}: {header}" for line, header, quoted in includes(path)
                           if not quoted and re.match(r"Q[A-Z]|Qt[A-Z]|Qsci/", header)]
        self.none(faults)

    def test_programs_are_the_known_ones(self):
        self.assertLessEqual({p.name for p in (ROOT / "app").iterdir() if p.is_dir()}, PROGRAMS)

    def test_translation_begins_in_ui(self):
        faults = [str(p.relative_to(ROOT)) for p in sources("engine") if re.search(r"\b(tr|qsTr)\(\"|Q_OBJECT", p.read_text())]
        self.none(faults)

    def test_headers_are_included_once(self):
        self.none([str(p.relative_to(ROOT)) + " lacks #pragma once" for top in ("engine", "ui", "app", "tests")
                   for p in sources(top) if p.suffix == ".h" and "#pragma once" not in p.read_text()])

    def test_sources_begin_by_saying_what_they_are(self):
        self.none([str(p.relative_to(ROOT)) + " begins without a sentence" for top in ("engine", "ui", "app")
                   for p in sources(top) if p.suffix == ".h" and not p.read_text().startswith("//")])

    def test_files_stay_small(self):
        faults = []
        for path, name in all_files():
            if name.endswith(READ_BY_PEOPLE):
                lines = (text_of(path) or "").count("\n")
                if lines > MOST_LINES:
                    faults.append(f"{name}: {lines} lines")
        self.none(faults)

    def test_top_level_holds_what_it_should(self):
        there = {p.name for p in ROOT.iterdir() if not p.name.startswith(".")} - MADE_BY_BUILDING
        self.assertEqual(TOP_LEVEL, there)

    def test_no_place_of_a_machine_is_named(self):
        place = re.compile(r"(?<![\w.$}{)/])/(?:work|root|home)/\w")
        host = re.compile(r"https?://[\w.-]*(?:registry|mirror|artifact|nexus|proxy|pypi|npmjs|crates)[\w-]*\.", re.I)
        faults = []
        for path, name in all_files():
            for number, line in enumerate((text_of(path) or "").splitlines(), 1):
                if place.search(line) or host.search(line):
                    faults.append(f"{name}:{number}: {line.strip()[:100]}")
        self.none(faults)

    def test_server_runs_on_postgresql_14(self):
        """What later versions brought, in the SQL that a server is made of or asked with. (PostgreSQL 15 runs the tests.)"""
        later = re.compile(r"\bMERGE\s+INTO\b|\bNULLS\s+(NOT\s+)?DISTINCT\b|\bregexp_(count|instr|like|substr)\s*\(|"
                           r"\bON\s+DELETE\s+SET\s+(NULL|DEFAULT)\s*\(|\b(min|max)\((\w+\.)*xid\)|\bsecurity_invoker\b|"
                           r"\b(UN)?LOGGED\s+SEQUENCE\b|\bSET\s+ACCESS\s+METHOD\b|\bGRANT\s+(SET|ALTER\s+SYSTEM)\s+ON\b|"
                           r"\bTABLES\s+IN\s+SCHEMA\b|\bany_value\s*\(|\bIS\s+JSON\b|\bsystem_user\b|\bjson_(array|object)agg\s*\(|"
                           r"\brange_agg\s*\(|\bWITH\s+(INHERIT|SET)\s+(TRUE|FALSE)\b", re.I)
        self.assertRegex("CREATE UNIQUE INDEX i ON t(a) NULLS NOT DISTINCT", later)
        faults = []
        places = [(p, n) for p, n in all_files() if n.startswith("resources/server/") or
                  re.match(r"engine/(server|judge|client|gateway|sync)/.*\.cpp$", n)]
        self.assertGreater(len(places), 30)
        for path, name in places:
            text = text_of(path) or ""
            if name.endswith(".sql"):
                text = re.sub(r"--[^\n]*|'[^'\n]*'", "", text)
            faults += [f"{name}: {found.group(0)}" for found in later.finditer(text)]
        self.none(faults)

    def test_lines_end_cleanly(self):
        faults = []
        for path, name in all_files():
            if name.endswith(READ_BY_PEOPLE + (".json", ".md", ".sqltest")) and "generated/" not in name:
                text = text_of(path) or ""
                if re.search(r"^ *\t", text, re.M) and name.endswith((".cpp", ".h", ".py")):
                    faults.append(f"{name} is indented with tabs")
                if "\r" in text and not name.startswith("tests/"):
                    faults.append(f"{name} holds a carriage return")
                if text and not text.endswith("\n"):
                    faults.append(f"{name} does not end with a newline")
        self.none(faults)

    def test_sources_are_formatted(self):
        program = shutil.which("clang-format-14") or shutil.which("clang-format")
        if not program or " version 14." not in subprocess.run([program, "--version"], capture_output=True, text=True).stdout:
            self.skipTest("clang-format 14 is not installed")
        paths = [str(p) for top in ("engine", "ui", "app", "tests") for p in sources(top)]
        done = subprocess.run([program, "--dry-run", "-Werror", *paths], capture_output=True, text=True)
        wrong = sorted({line.split(":")[0] for line in done.stderr.splitlines() if "clang-format-violations" in line})
        self.none([os.path.relpath(w, ROOT) for w in wrong])
        self.assertEqual(0, done.returncode, done.stderr[:2000])


def standard(header):
    """C++, C, POSIX and Linux: what every folder may use."""
    return re.fullmatch(r"[a-z_]+", header) or header in C_AND_POSIX or header.startswith(("arpa/", "sys/", "linux/", "netinet/"))


def reach(names, modules):
    uses = {m.name: declared(ROOT / m.folder / "CMakeLists.txt", "DEPENDS") for m in modules}
    found, queue = set(), list(names)
    while queue:
        name = queue.pop()
        if name not in found:
            found.add(name)
            queue += uses.get(name, [])
    return found


if __name__ == "__main__":
    unittest.main()
