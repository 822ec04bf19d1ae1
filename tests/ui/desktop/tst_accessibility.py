#!/usr/bin/python3
"""What a screen reader finds in the real program: names, the editor's text, and the verdict read out.

tst_accessibility.py PROGRAM"""
import sys
import tempfile
import threading
import unittest

import desktop

NAMES = (
    "Problem list", "Problem search", "Difficulty filter", "Topic filter", "Status filter", "Problem statement",
    "SQL editor", "Run", "Submit", "Results", "Expected output", "Difference", "Tests", "Verdict", "Messages", "Hints",
    "Sync status",
)  # fmt: skip


def everything(node):
    """The node and all below it; tables and lists count as one, their cells as none."""
    yield node
    if node.getRoleName() in ("table", "tree", "list"):
        return
    for child in node:
        if child is not None:
            yield from everything(child)


class Accessibility(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        import pyatspi

        cls.atspi = pyatspi
        cls.folder = tempfile.TemporaryDirectory(prefix="sqlgym-profile-")
        cls.screen = desktop.Desktop()
        cls.screen.__enter__()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.addClassCleanup(cls.screen.__exit__)
        cls.screen.start(PROGRAM, "--profile", cls.folder.name)
        desktop.wait_for("every page is made", lambda: not cls.unmade())
        desktop.wait_for("the statement is shown", lambda: "row per" in cls.text_of("Problem statement"))

    @classmethod
    def application(cls):
        for each in cls.atspi.Registry.getDesktop(0):
            if each is not None and each.name == "sqlgym":
                each.clear_cache()  # nobody listens for changes meanwhile
                return each
        return None

    @classmethod
    def find(cls, name):
        """The node of that name that holds something, rather than the tab that leads to it."""
        root = cls.application()
        found = [node for node in everything(root) if node.name == name] if root else []
        found.sort(key=lambda node: node.getRoleName().startswith("page tab"))
        return found[0] if found else None

    @classmethod
    def unmade(cls):
        """The names that are not there, or only on a tab."""
        root = cls.application()
        nodes = everything(root) if root else []
        return set(NAMES) - {node.name for node in nodes if not node.getRoleName().startswith("page tab")}

    @classmethod
    def text_of(cls, name):
        node = cls.find(name)
        return node.queryText().getText(0, -1) if node else ""

    def rows_of(self, name, count):
        """The table of that name, once it has so many rows."""
        node = self.find(name)
        table = node.queryTable() if node and node.getRoleName() == "table" else None
        return table if table and table.nRows == count else None

    def write(self, text):
        desktop.press("ctrl+Prior")
        if text.isascii():
            desktop.press("ctrl+a")
            desktop.type_text(text)
        else:  # what the X server's keyboard has no keys for
            self.find("SQL editor").queryEditableText().setTextContents(text)
            desktop.press("ctrl+End")
        desktop.wait_for("the editor holds what was typed", lambda: self.text_of("SQL editor") == text)

    def test_every_promised_name_is_found(self):
        self.assertEqual(self.unmade(), set())

    def test_controls_have_the_roles_that_readers_expect(self):
        roles = {name: self.find(name).getRoleName() for name in NAMES}
        self.assertEqual(roles["Difficulty filter"], "combo box")
        self.assertEqual(roles["Run"], "push button")
        self.assertEqual(roles["SQL editor"], "text")
        self.assertEqual(roles["Problem list"], "tree")
        self.assertEqual(roles["Results"], "table")
        self.assertEqual(roles["Verdict"], "alert")

    def test_a_filter_tells_its_choice_beside_its_name(self):
        self.assertEqual(self.find("Difficulty filter").description, "Any level")

    def nameless(self):
        states = (self.atspi.STATE_FOCUSABLE, self.atspi.STATE_SHOWING)
        return [
            "%s in %s, with %s" % (node.getRoleName(), node.parent.name or node.parent, [each.name for each in node])
            for node in everything(self.application())
            if not node.name and all(node.getState().contains(state) for state in states)
        ]

    def test_nothing_that_takes_the_focus_is_without_a_name(self):
        self.assertEqual(self.nameless(), [])

    def test_the_preferences_have_names_too(self):
        desktop.press("ctrl+comma")
        self.addCleanup(desktop.wait_for, "they are closed", lambda: not self.find("NULL is shown as"))
        self.addCleanup(desktop.press, "Escape")
        desktop.wait_for("the preferences are open", lambda: self.find("NULL is shown as"))
        self.assertEqual(self.nameless(), [])
        numbers = {each.name: each for each in everything(self.application()) if each.getRoleName() == "spin button"}
        self.assertEqual(set(numbers), {"Font size", "Size of SQL", "Time", "Memory", "Rows"})
        self.assertIn("cut there", numbers["Rows"].description)

    def test_the_grid_is_read_cell_by_cell(self):
        self.write("SELECT 7 AS seven, NULL AS n, '' AS e UNION ALL SELECT 8, 'x', 'y' ORDER BY 1")
        desktop.press("ctrl+Return")
        table = desktop.wait_for("the rows are there", lambda: self.rows_of("Results", 2))
        cells = [[table.getAccessibleAt(row, column).name for column in range(3)] for row in range(2)]
        self.assertEqual(cells, [["7", "NULL", "empty text"], ["8", "x", "y"]])
        self.assertEqual([table.getColumnDescription(column) for column in range(3)], ["seven", "n", "e"])
        self.assertIn("2 rows", self.find("Results").description)

    def test_the_editor_is_read_character_by_character(self):
        self.write("SELECT 'na\u00efve' AS x FROM loan")
        text = self.find("SQL editor").queryText()
        self.assertEqual(text.characterCount, 29)
        self.assertEqual(text.getText(0, 6), "SELECT")
        self.assertEqual(text.getText(8, 13), "na\u00efve")
        self.assertEqual(text.getText(25, 999), "loan")  # what lies beyond the end is cut, not refused
        self.assertEqual(text.caretOffset, 29)

    def test_the_editor_is_edited_and_selected_in(self):
        self.write("SELECT 1")
        editor = self.find("SQL editor")
        editor.queryEditableText().insertText(7, "\u00e91, ", 4)
        self.assertEqual(self.text_of("SQL editor"), "SELECT \u00e91, 1")
        editor.queryEditableText().deleteText(7, 11)
        self.assertEqual(self.text_of("SQL editor"), "SELECT 1")
        editor.queryText().setCaretOffset(3)
        self.assertEqual(editor.queryText().caretOffset, 3)
        editor.queryText().addSelection(0, 6)
        self.assertEqual(editor.queryText().getSelection(0), (0, 6))

    def test_the_verdict_is_read_out_each_time(self):
        self.write("SELECT 1")
        heard = []

        def on_shown(event):
            if event.detail1 and event.source.getRoleName() == "alert":
                event.source.clear_cache()  # the client keeps descriptions, we want today's
                heard.append(event.source.description)

        registry = self.atspi.Registry
        registry.registerEventListener(on_shown, "object:state-changed:showing")
        listening = threading.Thread(target=registry.start, daemon=True)
        listening.start()
        try:
            for _ in range(2):
                heard.clear()
                desktop.press("ctrl+shift+Return")
                desktop.wait_for("the verdict is announced", lambda: any(w.startswith("Not yet") for w in heard))
        finally:
            registry.stop()
            registry.deregisterEventListener(on_shown, "object:state-changed:showing")
            listening.join(5)


if __name__ == "__main__":
    desktop.require_packages()
    desktop.on_session_bus()
    PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=2)
