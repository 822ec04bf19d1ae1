#!/usr/bin/env python3
"""Writes a dataset of a pack again with more rows: the same bytes every time.

    enlarge.py DATASET ROWS FOLDER [PACK]    such as: enlarge.py clinic 500000 /tmp/clinic

Every table grows in proportion, until the largest has about ROWS rows (5,000 and 500,000 are the usual sizes). A copy keeps the
odd values of its row; whole numbers that are keys move on with each copy, so that copies refer to each other as the rows do.
Tables whose key is no number (ports, diagnoses) stay as they are. PACK is resources/packs/first-steps where none is given.
"""
import json
import pathlib
import sys

from csv_files import ROOT, cell, read_csv


def keys(table):
    """Columns that say which row is meant: of the primary key and of foreign keys."""
    names = set(table.get("primary_key", []))
    for key in table.get("foreign_keys", []):
        names.update(key["columns"])
    return names


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    dataset, wanted, out = sys.argv[1], int(sys.argv[2]), pathlib.Path(sys.argv[3])
    folder = (pathlib.Path(sys.argv[4]) / "datasets" if len(sys.argv) == 5 else ROOT) / dataset
    tables = json.loads((folder / "dataset.json").read_text(encoding="utf-8"))["tables"]
    rows = {table["name"]: read_csv(folder / f'{table["name"]}.csv') for table in tables}
    copies = max(1, -(-wanted // max(len(lines) - 1 for lines in rows.values())))
    stride = 10 ** len(str(max(len(lines) for lines in rows.values())))
    out.mkdir(parents=True, exist_ok=True)
    for table in tables:
        header, *lines = rows[table["name"]]
        kinds = {column["name"]: column["type"] for column in table["columns"]}
        moving = [i for i, name in enumerate(header) if name in keys(table) and kinds[name] == "integer"]
        unique = {name for names in table.get("unique", []) for name in names}
        grows = any(kinds[name] == "integer" for name in table["primary_key"])
        with (out / f'{table["name"]}.csv').open("w", encoding="utf-8") as file:
            file.write(",".join(header) + "\n")
            for copy in range(copies if grows else 1):
                for line in lines:
                    row = list(line)
                    for i in moving:
                        if row[i] is not None:
                            row[i] = str(int(row[i]) + copy * stride)
                    for i, name in enumerate(header):
                        if copy and name in unique:
                            row[i] = f"{row[i]} {copy}"
                    file.write(",".join(cell(value) for value in row) + "\n")


if __name__ == "__main__":
    main()
