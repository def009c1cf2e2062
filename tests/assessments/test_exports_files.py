"""The files themselves: nothing typed breaks or commands them, and they take no more than they need."""

import datetime as dt
import tracemalloc
from itertools import islice
from typing import Any

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from openpyxl.worksheet.worksheet import Worksheet
from psycopg.pq import TransactionStatus

from assessments.files import exports_xlsx
from assessments.files.exports_csv import CHUNK
from assessments.files.writer import CREDIT
from assessments.models import Assessment, Cycle
from assessments.results.exports.rows import STATEMENTS
from people.models import User
from skills.models import Skill, Text
from tests.assessments.exports_cases import asked, book, content, headings, people_named
from tests.assessments.report_cases import reviewed, sent, worked_example
from tests.cast import Cast, answer, answer_level, begin

ANALYST = {"role_profile__code": "analyst", "field": "name"}
# As openpyxl gives a date.
DAY = dt.datetime.fromisoformat("2026-11-20")


def test_lines_end_as_the_standard_says(hr: Client, cast: Cast, cycle: Cycle, cexp: Skill) -> None:
    """CRLF, UTF-8, no mark at the beginning; a line feed within a cell stays one."""
    User.objects.filter(pk=cast.ana.pk).update(name='Ана "А", да\nНет')
    response = hr.post("/reports/statements/", asked(cycle, cexp))
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    file = content(response)
    assert file.startswith(",".join(STATEMENTS).encode() + b"\r\n")
    assert file.endswith(b",\r\n")
    assert '"Ана ""А"", да\nНет"'.encode() in file
    assert file.count(b"\n") - file.count(b"\r\n") == 26


def test_the_reader_s_words_and_typed_cells(
    hr: Client, client: Client, cast: Cast, cycle: Cycle, cexp: Skill, draft: Assessment
) -> None:
    """Numbers, dates and shares that a spreadsheet can count with; codes in words."""
    worked_example(draft)
    reviewed(sent(draft), by=cast.marta)
    row = level_row(hr, cycle, cexp, "Ana", 4)
    assert (row["Points"], row["Points that can be had"], row["Per cent of points"]) == (10, 18, 0.55)
    assert (row["Level held, validated"], row["Gap"], row["Target level"]) == (3, 1, 4)
    assert row["Validated on"] == DAY
    assert (row["Outcome"], row["Status"], row["Channel"]) == ("developing", "validated", "contact centre")
    assert row["Role profile"] == Text.objects.get(**ANALYST, language="en").text
    assert level_row(hr, cycle, cexp, "Ana", 2)["Outcome"] == "implied"


def test_provisional_levels_stand_apart_in_words(hr: Client, cast: Cast, cycle: Cycle, cexp: Skill) -> None:
    """A level that is not determined is said to be unknown, never none and never 0."""
    bruno = begin(cast.bruno, cexp)
    answer_level(bruno, 5, 1)
    sent(bruno)
    davi = begin(cast.davi, cexp)
    answer(davi, "CEXP.2.1", 1)
    sent(davi)
    row = level_row(hr, cycle, cexp, "Bruno", 5, provisional="on")
    assert (row["Level held, provisional"], row["Gap, provisional"]) == ("not known yet", None)
    assert (row["Outcome"], row["Level held, validated"], row["Validated on"]) == (None, None, None)
    row = level_row(hr, cycle, cexp, "Davi", 2, provisional="on")
    assert (row["Level held, provisional"], row["Gap, provisional"]) == ("below 2", 3)
    assert row["Sent on"] == DAY


def test_nobody_validated_below_the_lowest_level_is_nothing(
    hr: Client, cast: Cast, cycle: Cycle, cexp: Skill
) -> None:
    davi = begin(cast.davi, cexp)
    answer_level(davi, 2, 1)
    reviewed(sent(davi), by=cast.carla)
    assert level_row(hr, cycle, cexp, "Davi", 2)["Level held, validated"] == "below 2"


def test_statements_are_named_in_short_and_told_in_full_once(
    hr: Client, cast: Cast, cycle: Cycle, cexp: Skill, draft: Assessment
) -> None:
    """Ratings are numbers, or that it is not applicable; the framework's texts have their own sheet."""
    worked_example(draft)
    answer(draft, "CEXP.5.1", "na", "Não é do meu trabalho.")
    reviewed(sent(draft), by=cast.marta)
    file = book(hr.post("/reports/statements/", asked(cycle, cexp, file_format="xlsx")))
    rows = {(row["Person"], row["Statement"]): row for row in table(file.worksheets[0])}
    codes = ("CEXP.4.1", "CEXP.4.3", "CEXP.5.1", "CEXP.6.1")
    assert [rows["Ana", code]["Validated rating"] for code in codes] == [3, 0, "not applicable", None]
    assert rows["Ana", "CEXP.4.1"]["In short"]
    texts = {row[0].value: row[1].value for row in file["Texts of the statements"] if row[0].value}
    assert len(texts) == 26
    assert (
        texts["CEXP.4.1"]
        == Text.objects.get(statement__code="CEXP.4.1", field="text", language="pt").text.strip()
    )


@pytest.mark.parametrize("kind", ["levels", "statements"])
def test_the_people_s_file_keeps_its_headings_and_gives_credit(
    hr: Client, cycle: Cycle, cexp: Skill, kind: str
) -> None:
    file = book(hr.post(f"/reports/{kind}/", asked(cycle, cexp, file_format="xlsx")))
    sheet = file.worksheets[0]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("B2", "$1:$1")
    assert str(CREDIT) in str(sheet.oddFooter.left.text)
    about = {row[0].value: row[1].value for row in file["About this file"]}
    assert about["Credit"] == str(CREDIT)
    assert (about["Cycle"], about["Number of people"], about["Made by"]) == ("2026", 7, "Helena")
    assert (about["People"], about["Provisional levels"]) == ("The whole company", "Not included.")


def test_the_people_s_file_is_in_the_reader_s_language(
    client: Client, cast: Cast, cycle: Cycle, cexp: Skill
) -> None:
    """The framework's words at least; the interface's come from its catalogues."""
    client.force_login(cast.elena)
    fields = asked(cycle, cexp, scope="own", file_format="xlsx")
    file = book(client.post("/reports/statements/", fields))
    texts = [row[1].value for row in file.worksheets[1] if row[0].value == "CEXP.4.1"]
    assert texts == [Text.objects.get(statement__code="CEXP.4.1", field="text", language="ru").text.strip()]


def test_what_does_not_fit_a_sheet_goes_on_in_the_next(
    hr: Client, cycle: Cycle, cexp: Skill, monkeypatch: pytest.MonkeyPatch
) -> None:
    """35 rows on sheets of 20."""
    monkeypatch.setattr(exports_xlsx, "LAST_ROW", 20)
    file = book(hr.post("/reports/levels/", asked(cycle, cexp, file_format="xlsx")))
    assert file.sheetnames == ["Levels", "Levels 2", "About this file"]
    assert [sheet.max_row for sheet in file.worksheets[:2]] == [21, 16]
    assert headings(file["Levels 2"]) == headings(file["Levels"])
    assert file["Levels 2"].auto_filter.ref == "A1:U16"


def test_the_machine_s_file_comes_in_large_chunks(hr: Client, cycle: Cycle, cexp: Skill) -> None:
    """A chunk per row would be ten times slower; the lines of a person stay together."""
    people_named(["x" * 100] * 400)
    response = hr.post("/reports/statements/", asked(cycle, cexp))
    *full, _last = list(response)
    assert len(full) >= 3
    assert {CHUNK <= len(chunk) < CHUNK + 10_000 for chunk in full} == {True}


def test_the_machine_s_file_takes_no_memory(hr: Client, cycle: Cycle, cexp: Skill) -> None:
    """Three megabytes pass through; a few chunks at most are held at once."""
    people_named(["x" * 100] * 1_200)
    response = hr.post("/reports/statements/", asked(cycle, cexp))
    tracemalloc.start()
    size = sum(len(chunk) for chunk in islice(response, 1, None))
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 3_000_000
    assert held < 1_000_000


@pytest.mark.django_db(transaction=True)
def test_who_hangs_up_gives_the_connection_back(
    client: Client, cast: Cast, cycle: Cycle, cexp: Skill
) -> None:
    """PostgreSQL stops writing, and the pool gets a connection that can be lent again."""
    people_named(["x" * 100] * 1_200)
    client.force_login(cast.helena)
    response: Any = client.post("/reports/statements/", asked(cycle, cexp))
    assert isinstance(response, StreamingHttpResponse)
    assert len(next(iter(response))) >= CHUNK
    wrapped = connection.connection
    assert wrapped.info.transaction_status == TransactionStatus.ACTIVE
    # Servers of earlier tests may hold connections of the same pool still: only the difference is ours.
    before = connection.pool.get_stats()
    response.close()
    assert wrapped.info.transaction_status == TransactionStatus.IDLE
    connection.close()
    after = connection.pool.get_stats()
    assert lent(after) < lent(before)
    assert after.get("returns_bad", 0) == before.get("returns_bad", 0)


def lent(stats: dict[str, int]) -> int:
    return stats["pool_size"] - stats["pool_available"]


def level_row(
    client: Client, cycle: Cycle, skill: Skill, name: str, level: int, **more: Any
) -> dict[str, Any]:
    file = book(client.post("/reports/levels/", asked(cycle, skill, file_format="xlsx", **more)))
    return next(row for row in table(file.worksheets[0]) if (row["Person"], row["Level"]) == (name, level))


def table(sheet: Worksheet) -> list[dict[str, Any]]:
    names = headings(sheet)
    rows = sheet.iter_rows(min_row=2, values_only=True)
    return [dict(zip(names, row, strict=True)) for row in rows]
