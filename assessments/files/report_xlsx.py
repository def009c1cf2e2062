"""A gap report for people: their words, typed cells, one sheet for each part."""

import datetime as dt
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter import Workbook

from assessments.files.cells import CellValue, open_workbook, plain, write_cell, write_row
from assessments.files.writer import CREDIT
from assessments.results.report.gap_report import GapReport
from assessments.results.report.radar import Axis, Share
from assessments.results.report.tables import LevelTable, Row

WIDE = 60


def report_xlsx(report: GapReport) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.xlsx"
        with open_workbook(path) as book:
            book.set_properties({"title": report.heading, "subject": plain(report.title)})
            _Sheets(book, report).write()
        return path.read_bytes()


class _Sheets:
    """The sheets of one workbook, each written from the top down."""

    def __init__(self, book: Workbook, report: GapReport) -> None:
        self.book, self.report = book, report
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top", "align": "left"})
        # 14 is the short date as the reader's own spreadsheet writes it.
        self.day = book.add_format({"valign": "top", "align": "left", "num_format": 14})

    def write(self) -> None:
        self.summary()
        self.levels()
        self.statements()
        self.path()
        self.activities()

    def summary(self) -> None:
        sheet = self.book.add_worksheet(_("Summary"))
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, WIDE)
        for index, (name, value) in enumerate(_summary(self.report)):
            write_cell(sheet, index, 0, name, self.bold)
            write_cell(sheet, index, 1, value, self.day if isinstance(value, dt.date) else self.wrapped)

    def levels(self) -> None:
        heads = (
            _("Level"),
            _("Guiding phrase"),
            _("Claimed"),
            _("Supported by evidence"),
            _("Validated"),
            _("Points that can be had"),
            _("Points needed"),
            _("Outcome"),
        )
        self.table(_("Levels"), heads, _levels(self.report), widths=(8, 26, 12, 14, 12, 14, 12, 26))

    def statements(self) -> None:
        heads = (
            _("Statement"),
            _("Text"),
            _("Claimed"),
            _("Claimed, in words"),
            _("Supported by evidence"),
            _("Supported, in words"),
            _("Validated"),
            _("Validated, in words"),
            _("Gap"),
            _("Evidence"),
            _("Comment"),
        )
        rows = (_statement(row) for level in self.report.levels for row in level.rows)
        widths = (12, WIDE, 10, 20, 12, 20, 10, 20, 28, 40, 40)
        self.table(_("Statements"), heads, rows, widths=widths)

    def path(self) -> None:
        heads = (
            _("To level"),
            _("Group"),
            _("Statement"),
            pgettext("rating", "From"),
            pgettext("rating", "To"),
            _("Reason"),
            _("Next step"),
        )
        self.table(_("Shortest path"), heads, _steps(self.report), widths=(8, 34, 34, 8, 8, 30, WIDE))

    def activities(self) -> None:
        heads = (
            _("Activity"),
            _("Statements"),
            _("Claimed, %"),
            _("Supported by evidence, %"),
            _("Validated, %"),
        )
        self.table(
            _("Activities"), heads, map(_activity, self.report.radar.axes), widths=(WIDE, 26, 12, 16, 12)
        )

    def table(
        self, name: str, heads: Sequence[str], rows: Iterable[Sequence[CellValue]], *, widths: Sequence[int]
    ) -> None:
        sheet: Any = self.book.add_worksheet(name[:31])
        sheet.freeze_panes(1, 0)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        write_row(sheet, 0, heads, self.bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            write_row(sheet, last, row, self.wrapped)
        write_cell(sheet, last + 2, 0, str(CREDIT))


def _summary(report: GapReport) -> list[tuple[str, CellValue]]:
    header, result = report.header, report.result
    return [
        (_("Report"), report.title),
        (_("Person"), header.employee),
        (_("Cycle"), header.cycle),
        (_("State"), report.state),
        (_("Verdict"), " ".join(report.verdict)),
        (_("Target level"), header.target),
        *((figure.name, _figure(figure.level, figure.text, figure.notes)) for figure in report.figures),
        (_("Gap, in levels"), result.gap),
        (_("Scored as of"), header.on),
        *((_("Note"), note) for note in report.notes),
        *((_("Policy"), sentence) for sentence in report.policy),
        (_("Credit"), str(CREDIT)),
    ]


def _figure(level: int | None, text: str, notes: tuple[str, ...]) -> CellValue:
    """A number stays a number where nothing else is to be said."""
    return level if level is not None and text == str(level) and not notes else " · ".join((text, *notes))


def _levels(report: GapReport) -> Iterable[Sequence[CellValue]]:
    tables = {table.result.level: table for table in report.levels}
    for rung in report.rungs:
        table = tables.get(rung.number)
        yield (
            rung.number,
            rung.phrase,
            *(_points(table) if table else (None,) * 5),
            _outcome(table, rung.note),
        )


def _points(table: LevelTable) -> tuple[CellValue, ...]:
    level = table.result
    return (
        level.claimed.points if level.is_answered else None,
        level.supported.points if level.is_answered else None,
        level.validated.points if level.validated else None,
        level.of_record.of,
        level.needed,
    )


def _outcome(table: LevelTable | None, note: str) -> str:
    return note or (table.outcome if table else "")


def _statement(row: Row) -> tuple[CellValue, ...]:
    statement = row.answer.statement
    marks = (row.claimed, row.supported, row.validated)
    return (
        statement.code,
        statement.text,
        *(cell for mark in marks for cell in (_number(mark.value), mark.words)),
        row.pill.text,
        "\n".join(f"{chip.linked.evidence.title} ({chip.words})" for chip in row.chips),
        row.answer.given.review_comment or row.answer.given.reason,
    )


def _number(rating: int | str | None) -> int | None:
    return rating if isinstance(rating, int) else None


def _steps(report: GapReport) -> Iterable[Sequence[CellValue]]:
    for route in report.routes:
        for group in route.groups:
            for step in group.steps:
                statement = step.answer.statement
                name = f"{statement.short_code} {statement.label}"
                yield (route.level, group.heading, name, step.from_, step.to, step.reason_words, step.advice)


def _activity(axis: Axis) -> tuple[CellValue, ...]:
    shares = (axis.claimed, axis.supported, axis.validated)
    return (axis.text, axis.codes_text, *(_percent(share) for share in shares))


def _percent(share: Share | None) -> int | None:
    return share.percent if share else None
