#!/usr/bin/env python3
"""Makes the catalogue's data anew from a real PostgreSQL 15: not a byte may differ from what is compiled in."""
import filecmp
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
KEPT = ROOT / "engine/catalogue/generated"


def main():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, str(ROOT / "packaging/catalogue/generate.py"), folder], check=True)
        made, kept = set(os.listdir(folder)), set(os.listdir(KEPT))
        faults = [f"{name} is there only once" for name in sorted(made ^ kept)]
        _, different, unreadable = filecmp.cmpfiles(folder, KEPT, sorted(made & kept), shallow=False)
        faults += [f"{name} differs" for name in different + unreadable]
    print("\n".join(faults) or f"{len(made)} files are as PostgreSQL has them")
    sys.exit(1 if faults or not made else 0)


if __name__ == "__main__":
    main()
