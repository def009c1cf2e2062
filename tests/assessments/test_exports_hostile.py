"""Nothing that a person types can break or command a file."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from openpyxl.utils.escape import unescape
from psycopg.sql import SQL

from assessments.files.cells import plain, safe_cell, sheet_text
from assessments.models import Cycle
from assessments.results.exports.rows import LEVELS
from assessments.results.exports.table import guarded, quoted
from people.models import Membership
from skills.models import LevelOfResponsibility, Skill, SkillLevel, Text
from tests.assessments.exports_cases import asked, book, content, headings, hostile, people_named
from tests.cast import Cast

ANALYST = {"role_profile__code": "analyst", "field": "name"}


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


def test_the_quotation_marks_of_the_database_are_those_of_csv(db: None) -> None:
    """Each text is read back as it was; an empty one is told from none."""
    texts = ["", *(plain(text) for text in hostile(10_000)), *(chr(code) for code in range(32, 0x3000))]
    query = SQL("SELECT {cell} FROM unnest(%s::text[]) WITH ORDINALITY AS row (text, place) ORDER BY place")
    with connection.cursor() as cursor:
        cursor.execute(query.format(cell=quoted(SQL("text"))), [[*texts, None]])
        *cells, nothing = [cell for (cell,) in cursor.fetchall()]
    lines = io.StringIO("".join(f"{cell},end\r\n" for cell in cells), newline="")
    assert list(csv.reader(lines)) == [[text, "end"] for text in texts]
    assert (cells[0], nothing) == ('""', None)


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


def text_of(cell: Any) -> str:
    """What a spreadsheet shows: it reads _x005F_ as the line that it stands for, openpyxl leaves it."""
    return unescape(cell.value or "")
