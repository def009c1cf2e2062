"""The people's file: a workbook in the reader's words with typed cells, built on disk one row at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import IO, Any, Final

import xlsxwriter
from django.db import connection, transaction
from django.utils.translation import gettext as _

from assessments.files.cells import open_workbook, sheet_text, shortened, write_row
from assessments.files.exports_columns import Column, columns_of
from assessments.files.writer import CREDIT
from assessments.results.exports.asked import LEVELS, STATEMENTS, Wanted
from skills.catalogue import definition

# A sheet of a spreadsheet ends there; what does not fit goes on in the next one.
LAST_ROW: Final = 1_048_575
FETCHED: Final = 2_000
STYLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "date": {"num_format": "yyyy-mm-dd", "align": "left"},
    "percent": {"num_format": "0%"},
    "heading": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E6F2F3", "bottom": 1},
    "provisional": {
        "bold": True,
        "italic": True,
        "text_wrap": True,
        "valign": "top",
        "bg_color": "#FDF0E4",
        "bottom": 1,
    },
}


def workbook_file(wanted: Wanted) -> IO[bytes]:
    """The finished workbook, open for reading; it has no name any more, so closing it frees its space."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.xlsx"
        write_workbook(wanted, path)
        return path.open("rb")


def write_workbook(wanted: Wanted, path: Path) -> None:
    with open_workbook(path) as book:
        book.set_properties({"title": sheet_name(wanted), "comments": str(CREDIT)})
        sheets = Sheets(book, columns_of(wanted), name=sheet_name(wanted))
        for row in rows_of(wanted):
            sheets.write(row)
        sheets.finish()
        if wanted.kind is STATEMENTS:
            _write_texts(book, wanted)
        _write_about(book, wanted)


def rows_of(wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """The rows by the names of their columns, fetched by and by."""
    headers = wanted.headers
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(wanted.rows())
        while rows := cursor.fetchmany(FETCHED):
            for row in rows:
                yield dict(zip(headers, row, strict=True))


def sheet_name(wanted: Wanted) -> str:
    return _("Levels") if wanted.kind is LEVELS else _("Statements")


class Sheets:
    """The rows, on as many sheets as they take; each begins with the headings, which stay in sight."""

    def __init__(self, book: xlsxwriter.Workbook, columns: tuple[Column, ...], *, name: str) -> None:
        self.book, self.columns, self.name = book, columns, name
        self.styles = {style: book.add_format(look) for style, look in STYLES.items()}
        # The texts of one person come again and again.
        self.clean = lru_cache(maxsize=1_000)(sheet_text)
        self.number = 0
        self._begin()

    def _begin(self) -> None:
        self.number += 1
        name = self.name if self.number == 1 else f"{self.name} {self.number}"
        self.sheet: Any = self.book.add_worksheet(name[:31])
        self.row = 0
        for position, column in enumerate(self.columns):
            self.sheet.set_column(position, position, column.width, self.styles.get(column.style))
            style = self.styles["provisional" if column.is_provisional else "heading"]
            self.sheet.write_string(0, position, str(column.heading), style)
        self.sheet.freeze_panes(1, 1)
        _set_up_page(self.sheet)
        self.cells = [
            (position, column.value, self._writer(column)) for position, column in enumerate(self.columns)
        ]

    def _writer(self, column: Column) -> Callable[[int, int, Any], Any]:
        """Every column holds one kind of values, but for the numbers that are words while there is none."""
        typed: dict[str, Callable[[int, int, Any], Any]] = {
            "date": self.sheet.write_datetime,
            "percent": self.sheet.write_number,
        }
        return typed.get(column.style, self._write_text_or_number)

    def _write_text_or_number(self, row: int, position: int, value: Any) -> None:
        if isinstance(value, str):
            self.sheet.write_string(row, position, self.clean(value))
        else:
            self.sheet.write_number(row, position, value)

    def write(self, row: Mapping[str, Any]) -> None:
        if self.row == LAST_ROW:
            self.finish()
            self._begin()
        self.row = number = self.row + 1
        for position, value_of, write in self.cells:
            value = value_of(row)
            if value is not None:
                write(number, position, value)

    def finish(self) -> None:
        self.sheet.autofilter(0, 0, self.row, len(self.columns) - 1)


def _set_up_page(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    # In a footer an ampersand begins a command.
    sheet.set_footer(shortened("&L&8" + str(CREDIT).replace("&", "&&"), 255))


def _write_texts(book: xlsxwriter.Workbook, wanted: Wanted) -> None:
    """The statements once, in the words of the framework."""
    sheet = book.add_worksheet(_("Texts of the statements")[:31])
    sheet.set_column(0, 0, 14, book.add_format({"bold": True, "valign": "top"}))
    sheet.set_column(1, 1, 120, book.add_format({"text_wrap": True, "valign": "top"}))
    skill = definition(wanted.skill.pk, wanted.skill.framework.version, *wanted.reader.reader)
    for number, statement in enumerate(skill.statements):
        write_row(sheet, number, [statement.code, str(statement.text)])
    write_row(sheet, len(skill.statements) + 1, [None, str(CREDIT)])


def _write_about(book: xlsxwriter.Workbook, wanted: Wanted) -> None:
    """A sheet that says what the file is, and whose words it contains."""
    sheet = book.add_worksheet(_("About this file")[:31])
    sheet.set_column(0, 0, 28, book.add_format({"bold": True, "valign": "top"}))
    sheet.set_column(1, 1, 80, book.add_format({"text_wrap": True, "valign": "top", "align": "left"}))
    for number, row in enumerate(about(wanted)):
        write_row(sheet, number, row)


def about(wanted: Wanted) -> tuple[tuple[str, Any], ...]:
    with_provisional = _(
        "Included, in columns of their own: what the evidence supports of what was sent and is not "
        "validated. It can still change: do not add it to totals."
    )
    return (
        (_("Contents"), sheet_name(wanted)),
        (_("Cycle"), wanted.cycle.name),
        (_("Skill"), wanted.skill_name),
        (_("People"), str(wanted.scope.name)),
        (_("Number of people"), len(wanted.people)),
        (_("Provisional levels"), with_provisional if wanted.provisional else _("Not included.")),
        (_("Made on"), wanted.on),
        (_("Made by"), wanted.reader.name),
        (_("Credit"), str(CREDIT)),
    )
