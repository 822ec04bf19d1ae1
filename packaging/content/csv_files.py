"""Datasets as PostgreSQL's COPY writes and reads them in CSV: shared by the generators."""
import datetime as dt
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2] / "resources/packs/first-steps/datasets"


def cell(value):
    """One value: NULL is nothing, an empty text is two quotes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S") + ("+00" if value.tzinfo else "")
    text = str(value)
    if text != text.strip() or text == "" or any(c in text for c in '",\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text


def write(folder, table, header, rows):
    lines = [",".join(header)] + [",".join(cell(v) for v in row) for row in rows]
    path, text = ROOT / folder / f"{table}.csv", "\n".join(lines) + "\n"
    if "--check" not in sys.argv:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    elif path.read_text(encoding="utf-8") != text:
        sys.exit(f"{path} is not what this script writes")


def money(cents):
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def read_csv(path):
    """All lines as lists of texts and None. An empty value without quotes is NULL, which Python's csv cannot tell."""
    rows, row, value, at, text = [], [], None, 0, path.read_text(encoding="utf-8")
    while at < len(text):
        c = text[at]
        if c == '"':
            value = value or ""
            at += 1
            while text[at] != '"' or text[at:at + 2] == '""':
                at += text[at] == '"'
                value += text[at]
                at += 1
        elif c in ",\n":
            row.append(value)
            value = None
            if c == "\n":
                rows.append(row)
                row = []
        else:
            value = (value or "") + c
        at += 1
    return rows
