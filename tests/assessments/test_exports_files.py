"""The files themselves: nothing typed breaks or commands them, and they take no more than they need."""

import csv
import datetime as dt
import io
import tracemalloc
from itertools import islice
from typing import Any

import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet
from psycopg.pq import TransactionStatus
from psycopg.sql import SQL

from assessments.files import exports_xlsx
from assessments.files.cells import safe_cell, sheet_text
from assessments.files.exports_csv import CHUNK
from assessments.files.writer import CREDIT
from assessments.models import Assessment, Cycle
from assessments.results.exports_sql import LEVELS, STATEMENTS, guarded
from people.models import Membership, Team, User
from skills.models import LevelOfResponsibility, Skill, SkillLevel, Text
from tests.assessments.exports_cases import asked, book, content, hostile
from tests.assessments.report_cases import reviewed, sent, worked_example
from tests.cast import Cast, answer, answer_level, begin

HIRED_ON = dt.date(2025, 1, 1)
ANALYST = {"role_profile__code": "analyst", "field": "name"}
# As openpyxl gives a date.
DAY = dt.datetime.fromisoformat("2026-11-20")


@pytest.fixture
def hr(client: Client, cast: Cast) -> Client:
    client.force_login(cast.helena)
    return client


def people_named(texts: list[str]) -> None:
    """Four texts make a person, with job title and team; the fourth is in the e-mail."""
    quarters = list(zip(*[iter(texts)] * 4, strict=True))
    users = User.objects.bulk_create(
        User(name=name, email=f"{email[:100]}{number}@example.org")
        for number, (name, _, _, email) in enumerate(quarters)
    )
    teams = Team.objects.bulk_create(
        Team(name=f"{team[:110]}{number}") for number, (_, _, team, _) in enumerate(quarters)
    )
    Membership.objects.bulk_create(
        Membership(user=user, team=team, job_title=quarter[1], starts_on=HIRED_ON)
        for user, team, quarter in zip(users, teams, quarters, strict=True)
    )


def one_level_skill(framework_id: int) -> Skill:
    """With one row per person, so that many people make a short file."""
    skill = Skill.objects.create(framework_id=framework_id, code="ONE")
    level = LevelOfResponsibility.objects.get(framework_id=framework_id, number=2)
    SkillLevel.objects.create(skill=skill, level=level)
    return skill


def typed_texts() -> dict[str, tuple[str, str, str]]:
    """Name, job title and team by e-mail, as they are in the database."""
    columns = ("user__email", "user__name", "job_title", "team__name")
    found = Membership.objects.order_by("id").values_list(*columns)
    return {email: (name, title, team) for email, name, title, team in found}


@pytest.fixture
def many_hostile(cexp: Skill, cycle: Cycle) -> Skill:
    """10,000 of them, in 2,500 people."""
    people_named(hostile(10_000))
    return one_level_skill(cexp.framework_id)


def test_nothing_typed_breaks_the_machine_s_file(hr: Client, cycle: Cycle, many_hostile: Skill) -> None:
    """Each cell is what was typed, without control characters and never a formula."""
    file = content(hr.post("/reports/levels/", asked(cycle, many_hostile))).decode()
    header, *rows = csv.reader(io.StringIO(file, newline=""))
    assert tuple(header) == LEVELS
    expected = {safe_cell(email): tuple(map(safe_cell, typed)) for email, typed in typed_texts().items()}
    assert len(rows) == len(expected) == 2_507
    assert {row[0]: tuple(row[1:4]) for row in rows} == expected
    assert not [
        cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    ]


def test_nothing_typed_breaks_the_people_s_file(hr: Client, cycle: Cycle, many_hostile: Skill) -> None:
    """Every text is a text: no cell is a formula or a link."""
    sheet = book(hr.post("/reports/levels/", asked(cycle, many_hostile, file_format="xlsx"))).worksheets[0]
    found = {
        text_of(email): (text_of(name), text_of(title), text_of(team))
        for name, email, team, title, *_ in sheet.iter_rows(min_row=2)
    }
    assert found == {
        sheet_text(email): tuple(map(sheet_text, typed)) for email, typed in typed_texts().items()
    }
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "d"}
    assert not [cell for row in sheet for cell in row if cell.hyperlink]


def test_the_guard_in_the_database_is_the_one_of_cells(db: None) -> None:
    """10,000 hostile texts, every character up to U+2FFF, and a long one."""
    texts = [*hostile(10_000), "=" + "a" * 20_000, *(chr(code) for code in range(1, 0x3000))]
    query = SQL("SELECT {guard} FROM unnest(%s::text[]) WITH ORDINALITY AS row (text, place) ORDER BY place")
    with connection.cursor() as cursor:
        cursor.execute(query.format(guard=guarded(SQL("text"))), [texts])
        found = [text for (text,) in cursor.fetchall()]
    assert found == [safe_cell(text) for text in texts]


def test_a_text_of_100_kb_is_shortened_visibly(hr: Client, cast: Cast, cycle: Cycle, cexp: Skill) -> None:
    """A role profile has no limit of its own; a spreadsheet's cell has."""
    Text.objects.filter(**ANALYST).update(text="=\x07\u202e" + "ж" * 100_000)
    sheet = book(hr.post("/reports/levels/", asked(cycle, cexp, file_format="xlsx"))).worksheets[0]
    cell = sheet.cell(2, headings(sheet).index("Role profile") + 1)
    assert cell.data_type == "s"
    assert cell.value == "=" + "ж" * 32_765 + "…"


def test_a_cycle_that_looks_like_a_formula_is_none(hr: Client, cycle: Cycle, cexp: Skill) -> None:
    """Neither in the file nor in its name."""
    Cycle.objects.filter(pk=cycle.pk).update(name='=1+1\r\n"; x=/../é')
    response = hr.post("/reports/levels/", asked(cycle, cexp))
    first = next(csv.DictReader(io.StringIO(content(response).decode(), newline="")))
    assert first["cycle"] == "'=1+1\n\"; x=/../é"
    name = response.headers["Content-Disposition"]
    assert name.startswith("attachment; filename*=utf-8''levels-cexp-11-x%C3%A9-20")
    assert book(hr.post("/reports/levels/", asked(cycle, cexp, file_format="xlsx")))


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
    assert file["Levels 2"].auto_filter.ref == "A1:Q16"


def test_the_machine_s_file_comes_in_large_chunks(hr: Client, cycle: Cycle, cexp: Skill) -> None:
    """A chunk per row would be ten times slower."""
    people_named(["x" * 100] * 400)
    response = hr.post("/reports/statements/", asked(cycle, cexp))
    *full, _last = list(response)
    assert len(full) >= 3
    assert {CHUNK <= len(chunk) < CHUNK + 1_000 for chunk in full} == {True}


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
    response.close()
    assert wrapped.info.transaction_status == TransactionStatus.IDLE
    connection.close()
    stats = connection.pool.get_stats()
    assert stats["pool_available"] == stats["pool_size"]
    assert not stats.get("returns_bad")


def text_of(cell: Any) -> str:
    """What a spreadsheet shows: it reads _x005F_ as the line that it stands for, openpyxl leaves it."""
    return unescape(cell.value or "")


def level_row(
    client: Client, cycle: Cycle, skill: Skill, name: str, level: int, **more: Any
) -> dict[str, Any]:
    file = book(client.post("/reports/levels/", asked(cycle, skill, file_format="xlsx", **more)))
    return next(row for row in table(file.worksheets[0]) if (row["Person"], row["Level"]) == (name, level))


def headings(sheet: Worksheet) -> list[Any]:
    return [cell.value for cell in sheet[1]]


def table(sheet: Worksheet) -> list[dict[str, Any]]:
    names = headings(sheet)
    rows = sheet.iter_rows(min_row=2, values_only=True)
    return [dict(zip(names, row, strict=True)) for row in rows]
