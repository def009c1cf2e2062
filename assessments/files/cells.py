"""What every file does to a typed text before writing it, so that nothing typed can break or command a file.

CSV is the machine's format: RFC 4180, comma, UTF-8, stable English headers. A text that a spreadsheet would
take for a formula (it begins with = + - @, a tab or a line break) gets an apostrophe in front; numbers stay
numbers. XLSX is the people's: XlsxWriter is told to make neither formulas nor links of texts.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import xlsxwriter

CellValue = str | int | float | bool | dt.date | None

# The most that one cell of a spreadsheet holds.
LONGEST: Final = 32_767
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
# Controls but tab and line feed, bidirectional marks, half surrogates, and what is no character at all.
FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufdd0-\ufdef\ufffe\uffff]"
)


def plain(text: str) -> str:
    """The text without what XML forbids and what turns the direction of writing; line ends are ``\\n``."""
    return FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def shortened(text: str, limit: int = LONGEST) -> str:
    """At most ``limit`` UTF-16 units, as spreadsheets count them; what is cut off shows as an ellipsis."""
    if 2 * len(text) <= limit or len(text.encode("utf-16-le", "replace")) <= 2 * limit:
        return text
    kept = text.encode("utf-16-le", "replace")[: 2 * (limit - 1)]
    return kept.decode("utf-16-le", "ignore") + "…"


def safe_cell(value: CellValue) -> str:
    """A value as one cell of a CSV file: empty for None, ISO dates, typed texts that are no formula."""
    if not isinstance(value, str):
        return "" if value is None else _machine(value)
    text = plain(value)
    return shortened(f"'{text}" if text.startswith(FORMULA) else text)


def csv_text(rows: Iterable[Sequence[CellValue]]) -> str:
    """Rows as RFC 4180: comma, CRLF, quotes only where they are needed."""
    out = io.StringIO()
    csv.writer(out).writerows([safe_cell(value) for value in row] for row in rows)
    return out.getvalue()


def sheet_text(value: str) -> str:
    """A text as one cell of a spreadsheet."""
    return shortened(plain(value))


def open_workbook(path: Path) -> xlsxwriter.Workbook:
    """A workbook on disk that keeps one row in memory and takes every text for a text."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    return xlsxwriter.Workbook(path, options)


def write_cell(sheet: Any, row: int, column: int, value: CellValue, style: Any = None) -> None:
    """Writes a typed cell; nothing for None."""
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, column, sheet_text(value), style)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)


def write_row(sheet: Any, row: int, values: Sequence[CellValue], style: Any = None) -> None:
    for column, value in enumerate(values):
        write_cell(sheet, row, column, value, style)


def _machine(value: float | dt.date) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, dt.date) else str(value)
