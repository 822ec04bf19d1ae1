#!/usr/bin/python3
"""Pictures of every screen and state of the real program, to be looked at.

photograph.py PROGRAM FOLDER [--theme light|dark|high-contrast] [--size WIDTHxHEIGHT] [--scale N] [--only WORD]
              [--server DSN] [--part NAME] [--start-from PROFILE]

Sizes are logical pixels; without options all three themes at 1024x700 and 1440x900, at 100 % and at 200 %. FOLDER gets THEME-SIZE-SCALE/NN-state.png. With a server, whose accounts are the pictures' own, also what shows only there."""
import argparse
import contextlib
import itertools
import os
import pathlib
import shutil
import sqlite3
import subprocess
import tempfile
import time

import desktop
import photograph_community
from desktop import press

RIGHT = """SELECT id AS loan_id, tool_id, due_on, DATE '2024-03-01' - due_on AS days_late FROM loan
WHERE returned_on IS NULL AND due_on < '2024-03-01' ORDER BY days_late DESC, loan_id;"""
WRONG = """SELECT id AS loan_id, tool_id, due_on, DATE '2024-03-01' - due_on AS days_late FROM loan
WHERE due_on < '2024-03-01' ORDER BY days_late DESC, loan_id;"""


class Camera(photograph_community.Community):
    def __init__(self, program, folder, theme, size, scale, only, server, part, start_from=None):
        self.server, self.part, self.start_from = server, part, start_from
        self.program, self.folder, self.theme, self.only = program, folder, theme, only
        self.scale = scale
        self.width, self.height = (int(part) * scale for part in size.split("x"))
        self.taken = 0

    def picture(self, name, wait=0.7):
        """Numbered in the order of the tour, also those that are left out."""
        self.taken += 1
        if self.only and self.only not in name:
            return
        time.sleep(wait)
        path = self.folder / ("%02d-%s.png" % (self.taken, name))
        subprocess.run(["import", "-window", "root", "-strip", str(path)], check=True)

    def open(self, screen, profile):
        os.makedirs(profile, exist_ok=True)
        settings = pathlib.Path(profile, "settings.ini")
        if not settings.exists():
            settings.write_text("[look]\ntheme=%s\n" % self.theme)
        at = ["--server", self.server] if self.server and self.part == "at_server" else []
        process = screen.start(self.program, "--profile", profile, *at)
        search = ["xdotool", "search", "--onlyvisible", "--pid", str(process.pid), "--name", "SQLGym"]
        window = desktop.wait_for(
            "the window is there", lambda: subprocess.run(search, capture_output=True, text=True).stdout.split()
        )[-1]
        subprocess.run(["xdotool", "windowsize", window, str(self.width), str(self.height)], check=True)
        subprocess.run(["xdotool", "windowmove", window, "0", "0"], check=True)
        time.sleep(3)
        return process

    def write(self, text):
        press("ctrl+Prior", "ctrl+a")
        for number, line in enumerate(text.split("\n")):
            if number:
                press("Return", "Home")
            desktop.type_text(line)
        time.sleep(0.3)

    def command(self, words):
        press("ctrl+shift+p")
        time.sleep(0.5)
        desktop.type_text(words)
        time.sleep(0.3)
        press("Return")
        time.sleep(0.5)

    def point_at(self, across, down):
        """Parts of the window's width and height."""
        for nudge in (0, 2):
            place = [str(int(across * self.width) + nudge), str(int(down * self.height) + nudge)]
            subprocess.run(["xdotool", "mousemove", *place], check=True)
            time.sleep(0.1)

    def output_page(self, index):
        """0 Results ... 4 Messages, in front."""
        press("alt+%d" % ((6 + index) % 10))

    # -- the tour ---------------------------------------------------------------------------------------------------

    def problem_list(self):
        self.picture("first-start")
        press("ctrl+l")
        self.picture("search-empty")
        desktop.type_text("still")
        self.picture("search-filtered")
        press("Return")
        time.sleep(1)
        self.picture("statement")
        press("ctrl+l", "ctrl+a")
        desktop.type_text("zebra")
        self.picture("search-none")
        press("Tab", "alt+Down")
        self.picture("filter-open")
        press("Escape")
        self.command("clear search")
        press("ctrl+l", "Down", "Down")
        self.picture("list-focus")

    def problem_pages(self):
        for key, name in (
            ("alt+2", "schema"), ("alt+3", "hints-none"), ("alt+4", "solution-locked"), ("alt+5", "history-empty"),
        ):  # fmt: skip
            press(key)
            self.picture(name)
        press("alt+shift+2")
        self.picture("diagram", 1.5)
        press("ctrl+Prior", "alt+h", "alt+h")
        self.picture("hints-two")
        press("alt+1")

    def marks(self):
        self.write(RIGHT)
        press("alt+1", "ctrl+shift+s")
        time.sleep(3)
        press("Escape", "ctrl+d")
        self.picture("bookmarked")
        press("alt+Right")
        self.picture("no-marks")
        press("alt+Left")

    def editor(self):
        self.write("SELECT id, plyer, 'x' AS \"Q\" -- what?\nFROM loan\nWHERE id < 10;\n\nSELECT count(*) FROM tool")
        press("ctrl+Home")
        self.picture("squiggle", 1.5)
        self.write("SELECT l. FROM loan l")
        press("Home", *["Right"] * 9, "ctrl+space")
        self.picture("completion", 1.5)
        press("Escape")
        self.write("SELECT cou")
        press("ctrl+space")
        self.picture("completion-function", 1.5)
        press("Escape")
        self.write("SELECT round(id, 2) FROM loan")
        press("Home", *["Right"] * 9)
        self.picture("function-help", 1.5)
        self.write("SELECT cou")
        press("ctrl+f")
        desktop.type_text("cou")
        self.picture("find")
        press("Escape", "ctrl+h")
        self.picture("replace")
        press("Escape")

    def results(self):
        self.write("SELECT * FROM loan")
        press("ctrl+Return")
        self.picture("results", 2)
        press("ctrl+Next", "Down", "Right", "shift+Down", "shift+Right")
        self.picture("results-selected")
        press("Menu")
        self.picture("results-menu")
        press("Escape", "ctrl+shift+e")
        self.picture("export", 1.5)
        press("Escape")
        self.point_at(0.8, 0.665)  # a header of the results
        self.picture("tooltip", 1.5)
        self.point_at(0.5, 0.995)
        self.write("SELECT NULL AS n, '' AS e, repeat('long ', 80) AS t, 1.50 AS x, '{\"a\": [1, 2]}'::jsonb AS j")
        press("ctrl+Return")
        self.picture("results-odd", 2)
        press("ctrl+Next", "End", "F2")
        self.picture("cell-json", 1.2)
        press("Left", "Left")
        self.picture("cell-text")
        press("F4")
        self.picture("column", 1.2)
        press("Escape", "F9", "ctrl+Prior")
        self.picture("pinned")
        self.write("SELECT 1 AS n, '' AS e, 'short' AS t, 1.5 AS x, '{}'::jsonb AS j")
        press("ctrl+Return")
        time.sleep(1)
        press("shift+F9")
        self.picture("pinned-compared", 1.5)
        self.output_page(0)
        press("ctrl+Prior")
        self.write("SELECT id FROM loan WHERE false")
        press("ctrl+Return")
        self.picture("results-empty", 2)
        self.output_page(1)
        self.picture("expected")
        self.write("SELECT plyer FROM loan")
        press("ctrl+Return")
        self.picture("error", 2)
        self.write("SELECT pg_read_file('postgresql.conf')")
        press("ctrl+Return")
        self.picture("declined", 6)
        self.write("SELECT count(*) FROM loan a, loan b, loan c, loan d, loan e")
        press("ctrl+Return")
        self.picture("running", 0.5)
        self.picture("timeout", 14)
        press("ctrl+a", "BackSpace", "ctrl+Return")
        self.picture("nothing-to-run")

    def verdicts(self):
        self.write(WRONG)
        press("ctrl+shift+Return")
        time.sleep(3)
        self.picture("difference", 3)
        press("ctrl+Next", "Down", "Down")
        self.picture("difference-focus")
        self.output_page(3)
        self.picture("tests-failed")
        self.output_page(4)
        self.picture("messages")
        self.write("SELECT id FROM loan ORDER BY id LIMIT")
        press("ctrl+shift+Return")
        self.picture("check-error", 3)
        self.write("SELECT id AS loan_id FROM loan")
        press("ctrl+shift+Return")
        self.picture("wrong-columns", 3)
        self.write(RIGHT)
        press("ctrl+shift+Return")
        self.picture("right", 3)
        press("ctrl+shift+s")
        self.picture("solved", 3)
        press("alt+4")
        self.picture("solution")
        press("alt+5")
        self.picture("history")
        press("Down", "Down", "alt+c")
        self.picture("history-compared")
        press("alt+c", "alt+1", "ctrl+2")
        self.picture("progress", 1.5)
        press("ctrl+1")

    def windows(self):
        for keys, name in (("ctrl+p", "quick-open"), ("ctrl+shift+p", "palette")):
            press(keys)
            self.picture(name)
            desktop.type_text("zoo" if name == "palette" else "late")
            self.picture(name + "-filtered")
            press("ctrl+a")
            desktop.type_text("zebra")
            self.picture(name + "-none")
            press("Escape")
        press("ctrl+t")
        desktop.type_text("SELECT 1")
        press("ctrl+t")
        self.picture("scratch")
        press("ctrl+w", "ctrl+w")
        for _ in range(8):
            press("ctrl+t")
        self.picture("scratch-many")
        press(*["ctrl+w"] * 8)
        press("ctrl+comma")
        self.picture("preferences", 1.2)
        desktop.type_text("run")
        self.picture("preferences-search")
        press("ctrl+a")
        desktop.type_text("zebra")
        self.picture("preferences-none")
        press("ctrl+a", "BackSpace", "ctrl+Tab")
        self.picture("keys")
        press("Tab", "Tab", "Down", "Down", "Tab", "ctrl+p")
        self.picture("keys-taken", 1.8)
        press("shift+Tab", "Escape")
        press("F1")
        self.picture("help", 1.2)
        press("Escape")
        self.command("about")
        self.picture("about", 1)
        press("Escape")
        for letter, name in zip("feqpvl", ("file", "edit", "query", "problem", "view", "help")):
            press("alt+" + letter)
            self.picture("menu-" + name)
            if name == "view":
                press("t")
                self.picture("menu-theme")
                press("Escape")
            press("Escape", "Escape")

    def giving_up(self):
        press("alt+Right")
        time.sleep(1)
        press("alt+4")
        self.picture("give-up")
        press("ctrl+p")
        desktop.type_text("who has what")
        press("Return")
        time.sleep(1)
        press("alt+shift+2")
        self.picture("diagram-tables", 1.5)
        press("space", "Right")
        self.picture("diagram-path", 1.5)

    def progress(self):
        press("ctrl+2")
        for page in ("overview", "activity", "curves", "topics", "badges"):
            self.picture("progress-" + page, 1.2)
            press("Right")
        press("Tab", "Right", "Right", "Right")
        self.picture("progress-badge-chosen")
        press("ctrl+1")

    def without_server(self):
        press("ctrl+shift+b")
        self.picture("outbox-no-server")
        press("Escape", "ctrl+shift+a")
        self.picture("account-server", 1.2)
        desktop.type_text("127.0.0.1")
        press("Tab")
        desktop.type_text("1")
        press("alt+c")
        self.picture("account-unreachable", 1.5)
        press("alt+u")
        self.picture("account-sign-in", 1.5)
        press("ctrl+Tab")
        self.picture("account-new")
        press("Escape")
        self.picture("offline", 1.5)
        self.write(RIGHT)
        press("ctrl+shift+s")
        time.sleep(3)
        press("ctrl+shift+b")
        self.picture("outbox-waiting", 1.2)
        press("Escape")

    def solutions(self):
        self.write(RIGHT)
        press("alt+1", "ctrl+shift+s")
        time.sleep(3)
        press("Escape", "alt+4")
        time.sleep(4)
        self.point_at(0.4, 0.5)
        subprocess.run(["xdotool", "click", "--repeat", "40", "--delay", "10", "5"], check=True)
        self.picture("solutions-none", 1)
        share_solutions(self.profile)
        press("alt+3", "alt+4")
        for name in ("solutions-first", "solutions-more", "solutions-last"):
            self.picture(name)
            subprocess.run(["xdotool", "click", "--repeat", "9", "--delay", "30", "5"], check=True)
        press("alt+s")
        self.picture("solutions-sharing")
        desktop.type_text("Compares the due date with the first of March and leaves out what has come back.")
        self.picture("solutions-written")
        press("ctrl+Return")
        self.picture("solutions-shared", 1)
        press("alt+1")

    def at_server(self):
        """Started with --server; the page Sign in is in front."""
        press("ctrl+shift+a")
        time.sleep(1)
        press("ctrl+Tab")
        name = "sam%d" % (time.time() % 100_000)
        for text in (name, name + "@example.org", "a long password", "a long password"):
            desktop.type_text(text)
            press("Tab")
        press("space")
        self.picture("account-signed-in", 4)
        press("Escape")
        self.picture("synced", 1)
        self.write(RIGHT)
        press("ctrl+shift+s")
        time.sleep(3)
        refuse(self.profile)
        press("ctrl+shift+y")
        time.sleep(2)
        self.picture("refused")
        press("ctrl+shift+b")
        self.picture("outbox", 1.5)
        press("Down")
        self.picture("outbox-refused")
        press("alt+d")
        self.picture("outbox-discard")
        press("Escape")

    def tour(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        with desktop.Desktop("%dx%d" % (self.width, self.height)) as screen, tempfile.TemporaryDirectory() as profile:
            self.profile = profile
            if self.start_from:
                shutil.copytree(self.start_from, profile, dirs_exist_ok=True)
            process = self.open(screen, profile)
            for part in (
                self.problem_list, self.problem_pages, self.marks, self.editor, self.results, self.verdicts, self.windows,
                self.giving_up, self.progress, self.solutions, self.community, self.without_server, self.at_server,
            ):  # fmt: skip
                if self.part in ("", part.__name__) and (self.server or part != self.at_server):
                    part()
            process.terminate()
            process.wait(10)


def refuse(profile):
    """A post without words, which no window makes and every server refuses."""
    with contextlib.closing(sqlite3.connect(pathlib.Path(profile, "sqlgym.sqlite"))) as database, database:
        database.execute(
            "INSERT INTO outbox (id, user_id, kind, payload, state, tries, created_at_us) "
            "SELECT '00000000-0000-4000-8000-000000000001', value, 'create_post', "
            "json_object('problem_id', NULL, 'content', '', 'code_snippet', NULL), 'pending', 0, 1 "
            "FROM sync_state WHERE key = 'user_id'"
        )


def share_solutions(profile):
    """As if they had come from a server."""
    plain = RIGHT.replace("days_late FROM", "days_late\nFROM").rstrip(";")
    rows = [
        ("ann", plain, "Straight from the statement: what is still out and was due before March.", 12, 1, 1, "[]"),
        ("Bartholomew Montgomery-Featherstonehaugh", "SELECT l.id AS loan_id, l.tool_id, l.due_on,\n"
         "       DATE '2024-03-01' - l.due_on AS days_late\nFROM loan l\nWHERE l.due_on < '2024-03-01' AND l.returned_on IS NULL\n"
         "ORDER BY days_late DESC, loan_id", "The same with an alias. An alias is longer to write, but where a second table "
         "comes along nobody has to look up which of the two a column is of.", 3, 0, 1, "[]"),
        ("cleo", plain.replace("ORDER", "GROUP BY id ORDER"), "Why not.", 0, 2, 1, "[]"),
        ("dan", "WITH late AS (\n    SELECT *, DATE '2024-03-01' - due_on AS days_late\n    FROM loan\n"
         "    WHERE returned_on IS NULL\n)\nSELECT id AS loan_id, tool_id, due_on, days_late\nFROM late\nWHERE days_late > 0\n"
         "ORDER BY days_late DESC, loan_id", "Names the lateness once, so that it can be asked for twice.", 7, 0, 1, "[]"),
        ("eve", plain.replace("returned_on IS NULL AND ", ""), "Works for me?", 0, 4, 0, '["", "everything is back"]'),
    ]
    with contextlib.closing(sqlite3.connect(pathlib.Path(profile, "sqlgym.sqlite"))) as database, database:
        for number, (name, sql, why, up, down, right, failing) in enumerate(rows):
            key = "00000000-0000-4000-8000-00000000020%d" % number
            database.execute("INSERT OR IGNORE INTO users (id, username, email) VALUES (?, ?, ?)", (key, name[:50], key))
            database.execute(
                "INSERT OR IGNORE INTO solutions (id, problem_id, created_by, title, content, sql_code, created_at, updated_at) "
                "SELECT ?1, problem_id, ?1, 'x', ?2, ?3, '2024-03-0' || ?4 || ' 09:30:00.000000', "
                "'2024-03-0' || ?4 || ' 09:30:00.000000' FROM problem_keys WHERE slug = 'still-out'", (key, why, sql, number + 1))
            database.execute("INSERT OR REPLACE INTO solution_marks (id, up, down, verdict, failing, vote, bookmark) VALUES "
                             "(?, ?, ?, ?, ?, ?, ?)", (key, up, down, right, failing, number == 0, number == 3))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--theme", choices=("light", "dark", "high-contrast"))
    parser.add_argument("--size")
    parser.add_argument("--scale", type=int)
    parser.add_argument("--server", default="", help="with --part at_server: a server that may get accounts")
    parser.add_argument("--part", default="", help="only this part of the tour, by its function's name")
    parser.add_argument("--only", help="only states with this in their name (the tour is the same)")
    parser.add_argument("--start-from", help="a profile of which each tour gets a copy")
    args = parser.parse_args()
    themes = [args.theme] if args.theme else ["light", "dark", "high-contrast"]
    shapes = list(itertools.product(("1024x700", "1440x900"), (1, 2)))
    if args.size or args.scale:
        shapes = [(args.size or "1024x700", args.scale or 1)]
    for theme, (size, scale) in itertools.product(themes, shapes):
        os.environ["QT_SCALE_FACTOR"] = str(scale)
        folder = args.folder / ("%s-%s-%d" % (theme, size, scale))
        Camera(args.program, folder, theme, size, scale, args.only, args.server, args.part,
               args.start_from).tour()
        print(folder, flush=True)


if __name__ == "__main__":
    desktop.require_packages()
    desktop.on_session_bus()
    main()
