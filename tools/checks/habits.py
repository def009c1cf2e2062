"""What no other check looks for: sizes, inline styles and scripts, queries in views, things left undone."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
LONGEST_FUNCTION = 45
LONGEST_VIEW = 20
LONGEST_FILE = 300
LONGEST_TEMPLATE = 200
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b|NotImplementedError|mark\.(skip|xfail)\b|type: ignore|# noqa")
INLINE = re.compile(r"\sstyle=|\son[a-z]+=[\"']|<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)")
# The browser would say what is missing in its own words and language; ours stand beside the field.
VALIDATED = re.compile(r'<form (?!novalidate)[^>]*method="post"')
# Dates are written by the filters "day" and "moment", which know whose they are; "date" writes for machines,
# and a whole hour whose zone is named beside it.
BARE_DATE = re.compile(r"""\|date(?!:["'](?:DATETIME_FORMAT|c)["'])\b""")
# The one module that writes days and hours, and what no other may import.
WRITES_DAYS = PROJECT / "people" / "dates.py"
LOCAL_DAY = re.compile(
    r"^from django\.utils\.(formats|timezone) import .*\b(date_format|localtime|localdate)\b"
)
QUERY = re.compile(r"\.(filter|exclude|annotate)\(")


def of_python(path: Path) -> Iterator[str]:
    source = path.read_text()
    lines = source.splitlines()
    is_view = "views" in path.parts or path.stem == "views"
    if len(lines) > LONGEST_FILE:
        yield f"{len(lines)} lines, more than {LONGEST_FILE}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > (LONGEST_VIEW if is_view else LONGEST_FUNCTION):
                yield f"line {node.lineno}: {node.name} has {length} lines"
    for number, line in enumerate(lines, 1):
        if UNFINISHED.search(line) and path != Path(__file__).resolve():
            yield f"line {number}: {line.strip()}"
        if LOCAL_DAY.search(line) and path != WRITES_DAYS and "tests" not in path.parts:
            yield f"line {number}: a date written outside people/dates.py"
        if QUERY.search(line) and (is_view or "forms" in path.parts or path.stem == "forms"):
            yield f"line {number}: a query outside a QuerySet"


def of_template(path: Path) -> Iterator[str]:
    lines = path.read_text().splitlines()
    if len(lines) > LONGEST_TEMPLATE:
        yield f"{len(lines)} lines, more than {LONGEST_TEMPLATE}"
    for number, line in enumerate(lines, 1):
        if INLINE.search(line):
            yield f"line {number}: inline style, script or handler"
        if VALIDATED.search(line):
            yield f"line {number}: a form that the browser validates"
        if BARE_DATE.search(line):
            yield f"line {number}: a date that neither “day” nor “moment” writes"


def problems(path: Path) -> Iterator[str]:
    if path.suffix == ".py" and "migrations" not in path.parts:
        yield from of_python(path)
    elif path.suffix == ".html":
        yield from of_template(path)


def main() -> int:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(
        command, cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    paths = [PROJECT / name for name in listed if (PROJECT / name).exists()]
    wrong = [f"{path.relative_to(PROJECT)}: {said}" for path in paths for said in problems(path)]
    print("\n".join(wrong) if wrong else f"{len(paths)} files keep the habits.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
