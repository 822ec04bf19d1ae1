#!/usr/bin/python3
"""What a start of the real program takes from the last one, under a window manager: place, size, whether it filled the
screen, and the theme that the settings name.

tst_next_start.py PROGRAM"""
import os
import re
import subprocess
import sys
import tempfile
import time
import unittest

import desktop


def said(*command):
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def window_of(program):
    """The window in view; None while there is none."""
    found = said("xdotool", "search", "--onlyvisible", "--pid", str(program.pid), "--name", "SQLGym").split()
    return found[0] if found else None


def place_of(window):
    """x, y, width, height of what the program draws."""
    words = dict(re.findall(r"^(X|Y|WIDTH|HEIGHT)=(\d+)$", said("xdotool", "getwindowgeometry", "--shell", window), re.M))
    return tuple(int(words[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))


def lightness(place):
    """Of the middle of a line through the lower part of the window, where the editor or a result is: 0 to 255."""
    x, y, width, height = place
    crop = "%dx1+%d+%d" % (width // 2, x + width // 4, y + height * 4 // 5)
    mean = said("import", "-window", "root", "-crop", crop, "-colorspace", "Gray", "-format", "%[fx:255*mean]", "info:")
    return float(mean) if mean else None


class NextStart(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.screen = desktop.Desktop("1400x900")
        cls.screen.__enter__()
        cls.addClassCleanup(cls.screen.__exit__)

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="sqlgym-profile-")
        self.addCleanup(folder.cleanup)
        self.profile = folder.name

    def start(self):
        """The program, its window, and where it is once it rests there."""
        program = self.screen.start(PROGRAM, "--profile", self.profile)
        window = desktop.wait_for("the window is in view", lambda: window_of(program))
        return program, window, self.resting(window)

    @staticmethod
    def resting(window):
        seen = [None]

        def rests():
            place = place_of(window)
            same, seen[0] = seen[0] == place, place
            return place if same else None

        return desktop.wait_for("the window rests", rests)

    @staticmethod
    def choose(window, letter):
        """Of the window manager's own menu: x maximises, e restores."""
        said("xdotool", "windowfocus", window)
        desktop.press("alt+space")
        time.sleep(0.3)
        desktop.press(letter)

    def end(self, program, window):
        def ends():
            if window_of(program):
                said("xdotool", "windowfocus", window)
                desktop.press("ctrl+q")
            return program.poll() is not None

        desktop.wait_for("the program ends", ends)
        self.assertEqual(program.returncode, 0)

    def test_the_window_is_where_it_was(self):
        program, window, first = self.start()
        said("xdotool", "windowsize", "--sync", window, "1003", "707")
        said("xdotool", "windowmove", "--sync", window, "211", "87")
        placed = self.resting(window)
        self.assertNotEqual(placed, first)
        self.assertEqual(placed[2:], (1003, 707))
        self.end(program, window)
        program, window, again = self.start()
        self.assertEqual(again, placed)
        self.end(program, window)

    def test_a_window_that_filled_the_screen_does_so_again(self):
        program, window, first = self.start()
        self.choose(window, "x")
        desktop.wait_for("the window fills the screen", lambda: place_of(window)[2] == 1400)
        self.end(program, window)
        program, window, again = self.start()
        self.assertEqual(again[2], 1400)
        self.choose(window, "e")
        desktop.wait_for("the window is as small as it was", lambda: place_of(window)[2:] == first[2:])
        self.end(program, window)

    def test_the_theme_is_that_of_the_settings(self):
        for theme, is_dark in (("dark", True), ("light", False), ("high-contrast", True)):
            with self.subTest(theme):
                with open(os.path.join(self.profile, "settings.ini"), "w") as settings:
                    settings.write("[look]\ntheme=%s\n" % theme)
                program, window, place = self.start()
                desktop.wait_for("it is painted", lambda: (lightness(place_of(window)) < 90) == is_dark)
                self.end(program, window)


if __name__ == "__main__":
    desktop.require_packages()
    desktop.on_session_bus()
    PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=2)
