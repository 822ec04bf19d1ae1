#!/usr/bin/env python3
"""Writes engine/zones/generated/abbreviations.inc from PostgreSQL 15's set of time zone abbreviations.

  abbreviations.py [/usr/share/postgresql/15/timezonesets/Default] OUTPUT_FILE
"""
import sys

source = sys.argv[1] if len(sys.argv) > 2 else "/usr/share/postgresql/15/timezonesets/Default"
rows = []
for line in open(source, encoding="ascii"):
    words = line.split("#")[0].split()
    if not words:
        continue
    name = words[0].lower()
    if words[1].lstrip("-").isdigit():
        rows.append((name, f'{{"{name}", {words[1]}, {"true" if "D" in words[2:] else "false"}}},'))
    else:
        rows.append((name, f'{{"{name}", 0, false, "{words[1]}"}},'))
with open(sys.argv[-1], "w", encoding="ascii") as out:
    out.write("// Made by packaging/catalogue/abbreviations.py from PostgreSQL 15.\n")
    out.writelines(row + "\n" for _, row in sorted(rows))
