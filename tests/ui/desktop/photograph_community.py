"""The community for photograph.py: posts, the leaderboard, helpful links."""
import time

import desktop
from desktop import press


class Community:
    def community(self):
        press("ctrl+3")
        self.picture("community-empty", 1)
        for text, code in (
            ("How do **anti-joins** work? I tried `NOT IN`, but with a NULL in the list nothing comes back at all.\n\n"
             "- tried NOT IN\n- tried LEFT JOIN", "SELECT t.id\nFROM tool t\nWHERE NOT EXISTS (SELECT 1 FROM loan l);"),
            ("Short one.", ""),
        ):  # fmt: skip
            press("ctrl+n")
            for number, line in enumerate(text.split("\n")):
                if number:
                    press("Return")
                desktop.type_text(line)
            press("Tab")
            for number, line in enumerate(code.split("\n")):
                if number:
                    press("Return")
                desktop.type_text(line)
            self.picture("community-writing")
            press("ctrl+Return")
            time.sleep(1)
        self.picture("community-short")
        press("Down", "l")
        self.picture("community-post")
        press("ctrl+o")
        self.picture("community-code-opened", 1)
        press("ctrl+3", "ctrl+Tab")
        self.picture("community-leaderboard", 1)
        press("ctrl+Tab")
        self.picture("community-links-empty")
        for title, address in (
            ("The manual on window functions", "https://www.postgresql.org/docs/15/tutorial-window.html"),
            ("Joins as pictures", "example.org/joins"),
        ):  # fmt: skip
            press("ctrl+n")
            desktop.type_text(title)
            press("Tab")
            desktop.type_text(address)
            self.picture("community-link-writing")
            press("Return")
            time.sleep(1)
        press("Down", "Return")
        self.picture("community-link-asks")
        press("ctrl+Tab", "ctrl+3")
