#!/usr/bin/env python3
"""Records what the solutions of a content pack give on PostgreSQL 15. What its right and wrong queries give is the
business of `sqlgymctl pack verify`.

    record_expected.py [PACK [PROBLEM...]]           writes "expected" into the tests/*.json of all problems, or of some
    record_expected.py --check [PACK [PROBLEM...]]   writes nothing; fails when something would change

PACK is resources/packs/first-steps where none is given. It starts a private PostgreSQL (a socket in a temporary
folder, no network) and removes it afterwards. Exits 0 when all went well, else 1.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from csv_files import read_csv

SOURCE = pathlib.Path(__file__).resolve().parents[2]
END = "--- end of a result ---"


class Cluster:
    """A scratch PostgreSQL 15: C.UTF-8, UTC, reachable through a socket in its own folder only."""

    def __init__(self):
        self.bin = next((p for p in map(pathlib.Path, ["/usr/lib/postgresql/15/bin"]) if p.is_dir()), None)
        if not self.bin:
            sys.exit("PostgreSQL 15 is not installed: its programs are expected in /usr/lib/postgresql/15/bin")
        # PostgreSQL's programs refuse to run as root.
        self.drop = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []

    def __enter__(self):
        self.home = tempfile.mkdtemp(prefix="sqlgym-record-")
        if self.drop:
            shutil.chown(self.home, "postgres", "postgres")
        self.run("initdb", "-D", f"{self.home}/data", "-U", "sqlgym", "-A", "trust", "-E", "UTF8",
                 "--locale=C.UTF-8", "--no-sync")
        self.run("pg_ctl", "-D", f"{self.home}/data", "-l", f"{self.home}/log", "-w", "start", "-o",
                 f"-k {self.home} -c listen_addresses='' -c fsync=off -c timezone=UTC")
        return self

    def __exit__(self, *_):
        self.run("pg_ctl", "-D", f"{self.home}/data", "-m", "immediate", "stop")
        shutil.rmtree(self.home)

    def run(self, program, *arguments):
        subprocess.run([*self.drop, str(self.bin / program), *arguments], check=True, cwd="/",
                       stdout=subprocess.DEVNULL)

    def sql(self, text):
        """Standard output of a script, or RuntimeError with PostgreSQL's words."""
        done = subprocess.run([*self.drop, str(self.bin / "psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", self.home,
                               "-U", "sqlgym", "postgres"], input=text, cwd="/", capture_output=True, encoding="utf-8")
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip())
        return done.stdout

    def results(self, setups, query, look=None):
        """Of the query, or of `look` after it, on each set-up: columns as {"name", "type"}, rows as lists of texts and None."""
        script = ""
        for setup in setups:
            change = f"\\o /dev/null\n{query}\n;\n\\o\n" if look else ""
            script += (f"BEGIN;\n{setup}{change}CREATE TEMP VIEW answer AS\n{look or query}\n;\n"
                       "SELECT json_agg(json_build_object('name', attname, 'type', typname) ORDER BY attnum) "
                       "FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid WHERE attrelid = 'answer'::regclass;\n"
                       f"COPY (\n{look or query}\n) TO STDOUT;\n\\echo {END}\nROLLBACK;\n")
        out = []
        for part in self.sql(script).split(END + "\n")[:-1]:
            columns, *lines = part.split("\n")[:-1]
            out.append((json.loads(columns), [[unescaped(value) for value in line.split("\t")] for line in lines]))
        return out


def unescaped(value):
    """COPY's text format back to a value."""
    if value == "\\N":
        return None
    marks = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
    out, characters = "", iter(value)
    for c in characters:
        if c == "\\":
            c = next(characters)
            c = marks.get(c, c)
        out += c
    return out


def quoted(value):
    return "NULL" if value is None else "'" + value.replace("'", "''") + "'"


def name_list(names):
    return "(" + ", ".join(f'"{name}"' for name in names) + ")"


def setup_sql(pack, problem, test):
    folder = pack / "datasets" / problem["dataset"]
    tables = [t for t in json.loads((folder / "dataset.json").read_text())["tables"] if t["name"] in problem["tables"]]
    rows_in = folder / "others" / test["data"] if "data" in test else folder
    create, insert = "", ""
    for table in tables:
        parts = [f'"{c["name"]}" {c["type"]}' + (" NOT NULL" if c.get("not_null") else "") for c in table["columns"]]
        if table.get("primary_key"):
            parts.append("PRIMARY KEY " + name_list(table["primary_key"]))
        parts += ["UNIQUE " + name_list(names) for names in table.get("unique", [])]
        parts += [f'FOREIGN KEY {name_list(k["columns"])} REFERENCES "{k["table"]}" {name_list(k["referenced"])}'
                  for k in table.get("foreign_keys", []) if k["table"] in problem["tables"]]
        parts += [f"CHECK ({check})" for check in table.get("checks", [])]
        create += f'CREATE TABLE "{table["name"]}" ({", ".join(parts)});\n'
        columns, rows = [c["name"] for c in table["columns"]], read_csv(rows_in / f'{table["name"]}.csv')[1:]
        if table["name"] in test["tables"]:
            columns, rows = test["tables"][table["name"]]["columns"], test["tables"][table["name"]]["rows"]
        if rows:
            values = ",\n".join("(" + ", ".join(map(quoted, row)) + ")" for row in rows)
            insert += f'INSERT INTO "{table["name"]}" {name_list(columns)} VALUES\n{values};\n'
    return "CREATE SCHEMA practice; SET LOCAL search_path = practice, pg_temp;\n" + create + insert


def laid_out(value, indent=""):
    """JSON with a row, a column or a list of plain values on a line of its own."""
    plain = lambda v: not isinstance(v, (dict, list))
    inner = value.values() if isinstance(value, dict) else value
    if plain(value) or not value or (all(map(plain, inner)) and indent and not isinstance(value, dict)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict) and set(value) == {"name", "type"}:
        return json.dumps(value, ensure_ascii=False)
    deeper = indent + "  "
    if isinstance(value, dict):
        items = [f"{json.dumps(k, ensure_ascii=False)}: {laid_out(v, deeper)}" for k, v in value.items()]
        return "{\n" + ",\n".join(deeper + item for item in items) + "\n" + indent + "}"
    return "[\n" + ",\n".join(deeper + laid_out(v, deeper) for v in value) + "\n" + indent + "]"


def record_problem(cluster, pack, folder, check):
    """Faults of one problem, in sentences."""
    problem = json.loads((folder / "problem.json").read_text())
    solution = (folder / "solution.sql").read_text(encoding="utf-8").strip().rstrip(";")
    paths = sorted((folder / "tests").glob("*.json"))
    tests = [json.loads(path.read_text(encoding="utf-8")) for path in paths]
    setups = [setup_sql(pack, problem, test) for test in tests]
    faults = []
    results = cluster.results(setups, solution, problem.get("rules", {}).get("result_query"))
    for path, test, (columns, rows) in zip(paths, tests, results):
        test["expected"] = {"columns": columns, "rows": rows}
        after = laid_out(test) + "\n"
        if after == path.read_text(encoding="utf-8"):
            continue
        if check:
            faults.append(f"{path}: the solution gives something else, or the file is laid out otherwise")
        else:
            path.write_text(after, encoding="utf-8")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail when something would change")
    parser.add_argument("pack", nargs="?", type=pathlib.Path, default=SOURCE / "resources/packs/first-steps")
    parser.add_argument("problems", nargs="*", help="slugs; all where none is given")
    arguments = parser.parse_args()
    faults = []
    with Cluster() as cluster:
        for folder in sorted((arguments.pack / "problems").iterdir()):
            if arguments.problems and folder.name not in arguments.problems:
                continue
            try:
                faults += record_problem(cluster, arguments.pack, folder, arguments.check)
            except RuntimeError as failure:
                faults.append(f"{folder}: {failure}")
    print("\n".join(faults) or "Every expected output is recorded.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
