#!/usr/bin/env python3
"""Proves the pack that comes with the program on both engines, and its tests on mutants, with a profile of its own.

    verify_bundled_pack.py SQLGYMCTL PACK
"""
import json
import os
import subprocess
import sys
import tempfile
import time

with tempfile.TemporaryDirectory(prefix="sqlgym-verify-") as profile:
    os.chmod(profile, 0o711)  # as root PostgreSQL runs as somebody else
    start = time.monotonic()
    done = subprocess.run([sys.argv[1], "--profile", profile, "pack", "verify", sys.argv[2], "--json"],
                          stdout=subprocess.PIPE, check=False)
    seconds = time.monotonic() - start
report = json.loads(done.stdout or "{}")
counts = {name: report.get(name) for name in ("problems", "tests", "runs", "equal", "declined")}
tallies = report.get("mutants", [])
made = sorted(tally["singles"] + tally["joined"] for tally in tallies)
counts |= {"mutants": sum(made), "killed": sum(tally["killed"] for tally in tallies), "fewest_mutants": made[:3],
           "least_kill_rate": min((tally["kill_rate"] for tally in tallies), default=0), "seconds": round(seconds)}
print(json.dumps({**counts, "findings": report.get("findings")}, indent=2, ensure_ascii=False))
# A pack for everybody: where there is no PostgreSQL, every query of it has to be judged all the same.
good = done.returncode == 0 and report["equal"] == report["runs"] > 0 and report["declined"] == 0
# Forty mutants for a problem; a query of one condition has fewer.
tried = len(tallies) == report.get("problems") and made[0] >= 10 and sum(n < 40 for n in made) <= 2
sys.exit(0 if good and tried and counts["least_kill_rate"] >= 0.95 else 1)
