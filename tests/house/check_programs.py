#!/usr/bin/env python3
"""What each program loads when it starts: the child and the terminal no Qt, the child and the window no libpq.

  check_programs.py --program NAME=FILE ...
"""
import argparse
import subprocess
import sys

NEVER = {
    "sqlgymctl": ("libQt6", "libqscintilla", "libsecret", "libglib"),
    "sqlgym-sandbox": ("libQt6", "libqscintilla", "libpq.", "libsqlite3"),
    "sqlgym": ("libpq.", "libQt6Charts"),
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", action="append", required=True)
    faults = 0
    for program in parser.parse_args().program:
        name, file = program.split("=", 1)
        loaded = subprocess.run(["ldd", file], capture_output=True, text=True, check=True).stdout
        for library in NEVER[name]:
            if library in loaded:
                print(f"{name} loads {library}")
                faults += 1
        if "not found" in loaded:
            print(f"{name} misses a library:\n{loaded}")
            faults += 1
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
