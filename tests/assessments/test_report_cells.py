"""Nothing typed can break or command a file."""

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from assessments.files.cells import (
    FORBIDDEN,
    LONGEST,
    csv_text,
    open_workbook,
    plain,
    safe_cell,
    sheet_text,
    write_row,
)

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=200)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\x00=1", "\u202e=1"]
)
def test_a_text_that_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    """Spreadsheets take such a cell for a text."""
    assert safe_cell(text).startswith("'")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (-3, "-3"),
        (True, "true"),
        (dt.date(2026, 11, 20), "2026-11-20"),
        ("a-b", "a-b"),
        (2.5, "2.5"),
    ],
)
def test_other_values_are_written_plainly(value: object, cell: str) -> None:
    """Numbers stay numbers, a missing value is an empty cell."""
    assert safe_cell(value) == cell


def test_bidirectional_and_control_characters_are_left_out() -> None:
    """They would turn a line around or break the XML."""
    assert plain("a\x0b\u202eb\u2066c\r\nd\re\tf") == "abc\nd\ne\tf"


def test_what_does_not_fit_a_cell_is_shortened_visibly() -> None:
    """A spreadsheet counts UTF-16 units; a character is never halved."""
    cell = sheet_text("😀" * 100_000)
    assert cell.endswith("😀…")
    assert len(cell.encode("utf-16-le")) // 2 <= LONGEST


@given(st.lists(ANY_TEXT, min_size=1, max_size=5))
def test_a_csv_row_reads_back_as_it_was_guarded(texts: list[str]) -> None:
    """One row in, one row out, whatever was typed, and no cell that a spreadsheet would compute."""
    rows = list(csv.reader(io.StringIO(csv_text([texts]), newline="")))
    assert rows == [[safe_cell(text) for text in texts]]
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) or FORBIDDEN.search(cell) for cell in rows[0]
    )


@given(st.lists(ANY_TEXT, min_size=1, max_size=5))
def test_a_spreadsheet_row_reads_back_as_text(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    """Every cell is a text, never a formula or a link."""
    path = tmp_path_factory.mktemp("cells") / "row.xlsx"
    write(path, texts)
    cells = next(load_workbook(path).active.iter_rows(max_col=len(texts)))
    assert all(cell.data_type in {"s", "inlineStr", "n"} and cell.hyperlink is None for cell in cells)
    assert [cell.value or "" for cell in cells] == [sheet_text(text) for text in texts]


def write(path: Path, texts: list[str]) -> None:
    with open_workbook(path) as book:
        write_row(book.add_worksheet(), 0, texts)
