#!/usr/bin/env python3
"""Proves the pack that comes with the program on both engines, with a profile of its own.

    verify_bundled_pack.py SQLGYMCTL PACK
"""
import json
import os
import subprocess
import sys
import tempfile

with tempfile.TemporaryDirectory(prefix="sqlgym-verify-") as profile:
    os.chmod(profile, 0o711)  # as root PostgreSQL runs as somebody else
    done = subprocess.run([sys.argv[1], "--profile", profile, "pack", "verify", sys.argv[2], "--json"],
                          stdout=subprocess.PIPE, check=False)
report = json.loads(done.stdout or "{}")
counts = {name: report.get(name) for name in ("problems", "tests", "runs", "equal", "declined")}
print(json.dumps({**counts, "findings": report.get("findings")}, indent=2, ensure_ascii=False))
# A pack for everybody: where there is no PostgreSQL, every query of it has to be judged all the same.
sys.exit(0 if done.returncode == 0 and report["equal"] == report["runs"] > 0 and report["declined"] == 0 else 1)
