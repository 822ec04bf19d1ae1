#!/usr/bin/python3
"""Sends hostile statements and lines to `sqlgymctl sandbox` and holds it to what it promises.

    run_hostile.py PROGRAM [--scale F] [--no-memory] [--only WORD] [--times]

Each answer comes within the time limit and 200 ms by its own account, 500 ms as seen from here; the child that ran it stayed within the
memory limit above what an idle one has; the line after it is answered; and where PostgreSQL ran the same statement, the answer is
PostgreSQL's. --scale stretches the times for builds that are slower by themselves; --only runs the cases whose names contain WORD.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TIMEOUT_MS, MEMORY_MB = 1000, 64
LATE_MS, SEEN_LATE_MS = 200, 500
ROUNDS = 3  # a late answer on a machine that is busy with something else is asked for again
OVERHEAD_MB = 24  # of allocator, stacks and the text on its way, above the limit
# PostgreSQL's own limits that are ours not: of memory, and of its stack.
ITS_OWN_LIMITS = ("53200", "54001")


def expanded(text):
    def turn(match):
        count, piece = int(match[1]), match[2]
        if "#" not in piece:
            return piece * count
        return "".join(piece.replace("##", str(i + 1)).replace("#", str(i)) for i in range(count))

    return re.sub(r"«(\d+)×([^»]*)»", turn, text)


def cases(path):
    """(heading, text) for each case of a data file."""
    heading, lines = None, []
    with open(path, encoding="utf-8") as file:
        for line in file.read().split("\n"):
            if line.startswith("== "):
                if heading is not None:
                    yield heading, "\n".join(lines)
                heading, lines = line[3:], []
            elif heading is not None and not (line == "" and not lines):
                lines.append(line)
    yield heading, "\n".join(lines)


def memory_of(pid):
    """What a process has resident, in kB; zero once it is gone."""
    try:
        with open(f"/proc/{pid}/status") as file:
            found = re.search(r"^VmRSS:\s+(\d+)", file.read(), re.M)
        return int(found[1]) if found else 0
    except OSError:
        return 0


class Sandbox:
    """`sqlgymctl sandbox`, and a thread that watches the memory of its children."""

    def __init__(self, program, profile, *arguments):
        self.process = subprocess.Popen(
            [program, "--profile", profile, "sandbox", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.highest_kb = 0
        self.watching = True
        threading.Thread(target=self.watch, daemon=True).start()

    def watch(self):
        path = f"/proc/{self.process.pid}/task"
        while self.watching:
            for task in os.listdir(path) if os.path.exists(path) else []:
                try:
                    with open(f"{path}/{task}/children") as file:
                        children = file.read().split()
                except OSError:
                    continue
                for child in children:
                    self.highest_kb = max(self.highest_kb, memory_of(child))
            time.sleep(0.004)

    def ask(self, line):
        """(answer, or None at the end of the program; milliseconds)"""
        if isinstance(line, dict):
            line = json.dumps(line).encode()
        begin = time.monotonic()

        def write():
            try:
                self.process.stdin.write(line + b"\n")
                self.process.stdin.flush()
            except OSError:
                pass

        writer = threading.Thread(target=write)
        writer.start()
        got = self.process.stdout.readline()
        writer.join()
        took = (time.monotonic() - begin) * 1000
        return (json.loads(got) if got else None), took

    def end(self):
        self.watching = False
        self.process.stdin.close()
        return self.process.wait(60)


class Runner:
    def __init__(self, options):
        self.options = options
        self.failures = []
        self.statuses = collections.Counter()
        self.compared = 0
        self.profile = tempfile.TemporaryDirectory()
        os.chmod(self.profile.name, 0o711)
        self.sandbox = Sandbox(options.program, self.profile.name)
        self.oracle = None
        self.idle_kb = self.idle_memory()

    def idle_memory(self):
        self.sandbox.ask({"id": 0, "query": "SELECT 1"})
        time.sleep(0.2)
        return self.sandbox.highest_kb

    def fail(self, name, why):
        self.failures.append(f"{name}: {why}")
        print(f"FAIL {name}: {why}", flush=True)

    def next_line_is_answered(self, name):
        answer, took = self.sandbox.ask({"id": "next", "query": "SELECT 6 * 7 AS n"})
        if answer is None:
            self.fail(name, f"the program ended with {self.sandbox.process.wait(10)}")
            self.sandbox = Sandbox(self.options.program, self.profile.name)
        elif answer.get("id") != "next" or answer.get("rows") != [["42"]]:
            self.fail(name, f"the next line was answered with {str(answer)[:200]}")
        elif took > SEEN_LATE_MS * self.options.scale:
            return took
        return 0

    def measured(self, name, line):
        """The answer, and how late it and the next line were: None, or why it is too late or too large."""
        self.sandbox.highest_kb = 0
        answer, took = self.sandbox.ask(line)
        highest_mb = (self.sandbox.highest_kb - self.idle_kb) / 1024
        if self.options.times:
            print(f"{took:7.0f} ms {highest_mb:6.1f} MB  {(answer or {}).get('status')}  {name}", flush=True)
        next_took = self.next_line_is_answered(name)
        if answer is None:
            return None, None
        why = None
        elapsed = answer.get("elapsed_us", 0) / 1000
        if elapsed > TIMEOUT_MS + LATE_MS * self.options.scale:
            why = f"took {elapsed:.0f} ms by its own account"
        elif took > TIMEOUT_MS + SEEN_LATE_MS * self.options.scale:
            why = f"took {took:.0f} ms as seen from here"
        elif next_took:
            why = f"the next line took {next_took:.0f} ms"
        elif highest_mb > MEMORY_MB + OVERHEAD_MB and not self.options.no_memory:
            why = f"took {highest_mb:.0f} MB"
        return answer, why

    def statement(self, heading, sql):
        name, _, mark = heading.partition(" !")
        line = {"id": name, "query": sql, "timeout_ms": TIMEOUT_MS, "memory_mb": MEMORY_MB}
        for _ in range(ROUNDS):
            answer, why = self.measured(name, line)
            if why is None:
                break
        if why:
            self.fail(name, why)
        if answer is None:
            return
        status = answer.get("status")
        self.statuses[status] += 1
        if answer.get("id") != name:
            self.fail(name, f"answered as {str(answer.get('id'))[:60]}")
        if status not in ("ok", "error", "unsupported", "timeout", "memory_limit"):
            self.fail(name, f"status {status}")
        if status == "unsupported" and "process" in answer["unsupported"]["feature"]:
            self.fail(name, answer["unsupported"]["feature"])
        if mark == "ok" and status == "ok":
            self.fail(name, f"succeeded: {str(answer)[:200]}")
        elif mark != "not" and status in ("ok", "error"):
            self.compare(name, line, answer)

    def compare(self, name, line, answer):
        if self.oracle is None:
            self.oracle = Sandbox(self.options.program, self.profile.name, "--engine", "postgres")
        theirs, _ = self.oracle.ask(dict(line, timeout_ms=20000, memory_mb=1024))
        if theirs is None:
            self.oracle = None
            return
        if theirs["status"] not in ("ok", "error"):
            return
        if theirs["status"] == "error" and theirs["error"]["sqlstate"] in ITS_OWN_LIMITS:
            return
        self.compared += 1
        if answer["status"] == "ok" and answer.get("depends_on_order"):
            return
        mine, right = told(answer), told(theirs)
        if mine != right:
            self.fail(name, f"{str(mine)[:300]} where PostgreSQL says {str(right)[:300]}")

    def line(self, heading, text):
        name, _, expected = heading.rpartition(": ")
        raw = re.sub(rb"\\(\\|x[0-9a-f]{2})", lambda m: b"\\" if m[1] == b"\\" else bytes([int(m[1][1:], 16)]),
                     expanded(text).encode())
        if expected == "none":
            self.sandbox.process.stdin.write(raw + b"\n")
            self.next_line_is_answered(name)
            return
        answer, took = self.sandbox.ask(raw)
        self.next_line_is_answered(name)
        if answer is None:
            return
        if answer.get("status") != expected:
            self.fail(name, f"{str(answer)[:200]} instead of {expected}")
        if expected == "error" and len(answer["error"]["sqlstate"]) != 5:
            self.fail(name, f"an error without an SQLSTATE: {answer}")
        if took > (TIMEOUT_MS + SEEN_LATE_MS) * self.options.scale:
            self.fail(name, f"took {took:.0f} ms")

    def last_line(self):
        """A line without its newline is a line; the program ends well after it."""
        self.sandbox.process.stdin.write(b'{"id":"last","query":"SELECT 1"}')
        self.sandbox.process.stdin.close()
        answer = json.loads(self.sandbox.process.stdout.readline() or b"{}")
        if answer.get("id") != "last" or self.sandbox.process.wait(60) != 0:
            self.fail("no newline at the end", f"{answer}, exit code {self.sandbox.process.returncode}")


def told(answer):
    """What counts of an answer: rows as a bag, since few of the statements order theirs."""
    if answer["status"] == "error":
        return "error", answer["error"]["sqlstate"]
    rows = collections.Counter(json.dumps(row) for row in answer["rows"])
    return "ok", [(column["name"], column["type"]) for column in answer["columns"]], sorted(rows.items())


def main():
    sys.setrecursionlimit(20000)  # an id may nest deeply, and comes back
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--only", default="")
    parser.add_argument("--times", action="store_true")
    parser.add_argument("--no-memory", action="store_true", help="for builds whose shadow memory hides it")
    runner = Runner(parser.parse_args())
    count = 0
    for heading, text in cases(os.path.join(HERE, "statements.txt")):
        if runner.options.only in heading:
            count += 1
            runner.statement(heading, expanded(text))
    for heading, text in cases(os.path.join(HERE, "lines.txt")):
        if runner.options.only in heading:
            count += 1
            runner.line(heading, text)
    runner.last_line()
    if runner.oracle:
        runner.oracle.end()
    if os.path.exists("/tmp/sqlgym-hostile"):
        runner.fail("files", "/tmp/sqlgym-hostile was made")
    print(f"{count} cases, {runner.compared} compared with PostgreSQL, {dict(runner.statuses)}, "
          f"an idle child has {runner.idle_kb / 1024:.0f} MB; {len(runner.failures)} failures")
    return 1 if runner.failures or (count < 300 and not runner.options.only) else 0


if __name__ == "__main__":
    sys.exit(main())
