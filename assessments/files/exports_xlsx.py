"""The people's file: a workbook in the reader's words with typed cells, built on disk one row at a time."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final

import xlsxwriter
from django.db import connection, transaction
from django.utils.translation import gettext as _

from assessments.files.cells import open_workbook, shortened, write_row
from assessments.files.exports_columns import Column, columns_of
from assessments.files.writer import CREDIT
from assessments.results.exports import LEVELS, Wanted
from assessments.results.exports_sql import as_typed

# A sheet of a spreadsheet ends there; what does not fit goes on in the next one.
LAST_ROW: Final = 1_048_575
FETCHED: Final = 2_000


def workbook_file(wanted: Wanted) -> IO[bytes]:
    """The finished workbook, at its beginning; the file is gone from the disk once it is closed."""
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")
    try:
        write_workbook(wanted, Path(file.name))
    except BaseException:
        file.close()
        raise
    return file


def write_workbook(wanted: Wanted, path: Path) -> None:
    with open_workbook(path) as book:
        book.set_properties({"title": sheet_name(wanted), "comments": str(CREDIT)})
        sheets = _Sheets(book, columns_of(wanted), name=sheet_name(wanted))
        for row in rows_of(wanted):
            sheets.write(row)
        sheets.finish()
        _write_about(book, wanted)


def rows_of(wanted: Wanted) -> Iterator[Mapping[str, Any]]:
    """The rows by the names of their columns, fetched by and by."""
    headers = wanted.headers
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(wanted.sql(as_typed), wanted.parameters(cycle_name=wanted.cycle.name))
        while rows := cursor.fetchmany(FETCHED):
            for row in rows:
                yield dict(zip(headers, row, strict=True))


def sheet_name(wanted: Wanted) -> str:
    return _("Levels") if wanted.kind is LEVELS else _("Statements")


class _Sheets:
    """The rows, on as many sheets as they take; each begins with the headings, which stay in sight."""

    def __init__(self, book: xlsxwriter.Workbook, columns: tuple[Column, ...], *, name: str) -> None:
        self.book, self.columns, self.name = book, columns, name
        self.styles = {style: book.add_format(look) for style, look in STYLES.items()}
        self.number = 0
        self._begin()

    def _begin(self) -> None:
        self.number += 1
        name = self.name if self.number == 1 else f"{self.name} {self.number}"
        self.sheet = self.book.add_worksheet(name[:31])
        self.row = 0
        for position, column in enumerate(self.columns):
            self.sheet.set_column(position, position, column.width, self.styles[column.style])
            style = self.styles["provisional_heading" if column.is_provisional else "heading"]
            self.sheet.write_string(0, position, str(column.heading), style)
        self.sheet.freeze_panes(1, 1)
        _set_up_page(self.sheet)

    def write(self, row: Mapping[str, Any]) -> None:
        if self.row == LAST_ROW:
            self.finish()
            self._begin()
        self.row += 1
        write_row(self.sheet, self.row, [column.value(row) for column in self.columns])

    def finish(self) -> None:
        self.sheet.autofilter(0, 0, self.row, len(self.columns) - 1)


STYLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "text": {"valign": "top"},
    "long": {"valign": "top", "text_wrap": True},
    "date": {"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"},
    "percent": {"valign": "top", "num_format": "0%"},
    "heading": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E6F2F3", "bottom": 1},
    "provisional_heading": {
        "bold": True,
        "italic": True,
        "text_wrap": True,
        "valign": "top",
        "bg_color": "#FDF0E4",
        "bottom": 1,
    },
}


def _set_up_page(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    # In a footer an ampersand begins a command.
    sheet.set_footer(shortened("&L&8" + str(CREDIT).replace("&", "&&"), 255))


def _write_about(book: xlsxwriter.Workbook, wanted: Wanted) -> None:
    """A sheet that says what the file is, and whose words it contains."""
    sheet = book.add_worksheet(_("About this file")[:31])
    sheet.set_column(0, 0, 28, book.add_format({"bold": True, "valign": "top"}))
    sheet.set_column(1, 1, 80, book.add_format({"text_wrap": True, "valign": "top"}))
    date = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    for number, (heading, value) in enumerate(about(wanted)):
        write_row(sheet, number, [heading])
        if isinstance(value, str | int):
            write_row(sheet, number, ["", value])
        else:
            sheet.write_datetime(number, 1, value, date)


def about(wanted: Wanted) -> tuple[tuple[str, Any], ...]:
    with_provisional = _(
        "Included, in columns of their own: what the evidence supports of what was sent and is not validated. It can "
        "still change; do not add it to totals."
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
        (_("Copyright"), str(CREDIT)),
    )
