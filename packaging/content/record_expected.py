#!/usr/bin/env python3
"""Records what the solutions of a content pack give on PostgreSQL 15, and proves that its wrong queries are rejected.

    record_expected.py [PACK]           writes "expected" into every problems/*/tests/*.json
    record_expected.py --check [PACK]   writes nothing; fails when something would change

PACK is resources/packs/first-steps where none is given. It starts a private PostgreSQL (a socket in a temporary
folder, no network) and removes it afterwards. Exits 0 when every wrong query fails at least one test, else 1.
"""
import argparse
import collections
import decimal
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parents[2]


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
                               "-U", "sqlgym", "postgres"], input="SET search_path = practice;\n" + text, cwd="/",
                              capture_output=True, encoding="utf-8")
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip())
        return done.stdout

    def result(self, query, look=None):
        """Columns as {"name", "type"} and rows as lists of texts and None: of the query, or of `look` after it."""
        before = f"BEGIN;\n\\o /dev/null\n{query}\n;\n\\o\n" if look else ""
        query = look or query
        columns = self.sql(before + f"CREATE TEMP VIEW answer AS\n{query}\n;\n"
                           "SELECT json_agg(json_build_object('name', attname, 'type', typname) ORDER BY attnum) "
                           "FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid WHERE attrelid = 'answer'::regclass;")
        lines = self.sql(before + f"COPY (\n{query}\n) TO STDOUT;").split("\n")[:-1]
        return json.loads(columns), [[unescaped(value) for value in line.split("\t")] for line in lines]


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


def read_csv(path):
    """Rows below the header. An empty value without quotes is NULL, which Python's csv module cannot tell."""
    rows, row, value, at, text = [], [], None, 0, path.read_text(encoding="utf-8")
    while at < len(text):
        c = text[at]
        if c == '"':
            value = value or ""
            at += 1
            while text[at] != '"' or text[at:at + 2] == '""':
                at += text[at] == '"'
                value += text[at]
                at += 1
        elif c in ",\n":
            row.append(value)
            value = None
            if c == "\n":
                rows.append(row)
                row = []
        else:
            value = (value or "") + c
        at += 1
    return rows[1:]


def setup_sql(pack, problem, test):
    folder = pack / "datasets" / problem["dataset"]
    tables = [t for t in json.loads((folder / "dataset.json").read_text())["tables"] if t["name"] in problem["tables"]]
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
        columns, rows = [c["name"] for c in table["columns"]], read_csv(folder / f'{table["name"]}.csv')
        if table["name"] in test["tables"]:
            columns, rows = test["tables"][table["name"]]["columns"], test["tables"][table["name"]]["rows"]
        if rows:
            values = ",\n".join("(" + ", ".join(map(quoted, row)) + ")" for row in rows)
            insert += f'INSERT INTO "{table["name"]}" {name_list(columns)} VALUES\n{values};\n'
    return "DROP SCHEMA IF EXISTS practice CASCADE; CREATE SCHEMA practice;\n" + create + insert


def comparable(columns, rows):
    """Rows with numbers as numbers: 2 is 2.00, and an int4 may stand where an int8 is expected."""
    numbers = [c["type"] in ("int2", "int4", "int8", "numeric") for c in columns]
    return [[decimal.Decimal(v) if number and v is not None else v for number, v in zip(numbers, row)] for row in rows]


def accepts(contract, expected, actual):
    """Whether `actual` passes: the grader's rules, as far as a pack's own queries need them."""
    columns, actual_columns = expected[0], actual[0]
    if len(columns) != len(actual_columns):
        return False
    rows, actual_rows = comparable(*expected), comparable(*actual)
    if contract["row_order"] == "strict":
        return rows == actual_rows
    bag = lambda rows: collections.Counter(map(tuple, rows))
    if bag(rows) != bag(actual_rows):
        return False
    names = [c["name"] for c in columns]
    keys = [names.index(key["column"]) for key in contract.get("order_by", [])]
    return [[row[k] for k in keys] for row in rows] == [[row[k] for k in keys] for row in actual_rows]


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
    query = lambda path: path.read_text(encoding="utf-8").strip().rstrip(";")
    solution = query(folder / "solution.sql")
    look = problem.get("rules", {}).get("result_query")
    rejected = {path: False for path in sorted((folder / "wrong").glob("*.sql"))}
    faults = []
    for path in sorted((folder / "tests").glob("*.json")):
        before = path.read_text(encoding="utf-8")
        test = json.loads(before)
        cluster.sql(setup_sql(pack, problem, test))
        expected = cluster.result(solution, look)
        test["expected"] = {"columns": expected[0], "rows": expected[1]}
        after = laid_out(test) + "\n"
        if after != before:
            if check:
                faults.append(f"{path}: the solution gives something else, or the file is laid out otherwise")
            else:
                path.write_text(after, encoding="utf-8")
        for wrong in rejected:
            try:
                rejected[wrong] |= not accepts(problem["contract"], expected, cluster.result(query(wrong), look))
            except RuntimeError as failure:
                faults.append(f"{wrong}: does not run: {failure}")
    return faults + [f"{wrong}: passes every test" for wrong, seen in rejected.items() if not seen]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail when something would change")
    parser.add_argument("pack", nargs="?", type=pathlib.Path, default=SOURCE / "resources/packs/first-steps")
    arguments = parser.parse_args()
    faults = []
    with Cluster() as cluster:
        cluster.sql("CREATE SCHEMA practice;")
        for folder in sorted((arguments.pack / "problems").iterdir()):
            try:
                faults += record_problem(cluster, arguments.pack, folder, arguments.check)
            except RuntimeError as failure:
                faults.append(f"{folder}: {failure}")
    print("\n".join(faults) or "Every solution is recorded and every wrong query rejected.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
