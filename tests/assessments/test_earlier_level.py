"""The level validated in an earlier cycle, beside a later cycle's for managers and HR, and in no total."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from assessments.models import Assessment, Cycle
from skills.models import Skill
from tests.assessments import review_cases
from tests.assessments.cycle_cases import YEAR, next_cycle, sent_at
from tests.assessments.exports_cases import asked, content, level_rows
from tests.assessments.report_cases import reviewed, sent, worked_example
from tests.assessments.review_cases import read, sign_in
from tests.assessments.team_cases import count, figures, level_2, row, see
from tests.assessments.test_review_page import MOST_QUERIES
from tests.cast import NOON, Cast, answer_level, begin

THEN = "validated in 2026: 3, 20 Nov 2026"


@pytest.fixture
def later(draft: Assessment, cast: Cast, cycle: Cycle) -> Cycle:
    """The cycle after one in which Ana's level 3 was validated."""
    worked_example(draft)
    reviewed(sent(draft), by=cast.marta)
    return next_cycle(cycle, cast.admir)


def test_the_team_shows_it_beside_and_counts_it_nowhere(
    client: Client, cast: Cast, later: Cycle, cexp: Skill
) -> None:
    """Before anything is begun, and beside what is provisional."""
    page = see(client, cast.marta)
    cells = row(page, "Ana")
    assert cells[2] == f"– not known yet {THEN}"
    assert cells[-1] == "not begun"
    assert "–" in figures(page)[1]
    level_2(cast.ana, cexp)
    assert row(see(client, cast.marta), "Ana")[-3] == f"2 provisional {THEN}"
    assert THEN not in " ".join(row(see(client, cast.marta, cycle="2026"), "Ana"))


def test_it_goes_once_the_new_cycle_has_a_validated_level(
    client: Client, cast: Cast, later: Cycle, cexp: Skill
) -> None:
    review_cases.validated(submission=level_2(cast.ana, cexp), by=cast.marta)
    assert THEN not in " ".join(row(see(client, cast.marta), "Ana"))


def test_the_team_asks_no_more_for_it(client: Client, cast: Cast, later: Cycle) -> None:
    sign_in(client, cast.marta)
    count(client)
    assert count(client) <= review_cases.MOST_QUERIES


def test_the_export_has_it_in_columns_of_its_own(
    client: Client, cast: Cast, cycle: Cycle, later: Cycle, cexp: Skill
) -> None:
    """As CSV and as XLSX; what is validated in the cycle itself is not repeated there."""
    sign_in(client, cast.helena)
    found = level_rows(client, asked(later, cexp))["Ana", "3"]
    assert (found["validated_level_held"], found["gap"], found["points"]) == ("", "", "")
    earlier = ("earlier_validated_level", "earlier_validated_on", "earlier_contested")
    assert [found[name] for name in earlier] == ["3", "2026-11-20", "false"]
    own = level_rows(client, asked(cycle, cexp))["Ana", "3"]
    assert [own[name] for name in earlier] == ["", "", ""]
    answer = client.post(reverse("assessments:reports_levels"), {**asked(later, cexp), "file_format": "xlsx"})
    rows = [*load_workbook(io.BytesIO(content(answer))).worksheets[0].iter_rows(values_only=True)]
    place = rows[0].index("Validated in an earlier cycle")
    assert [line[place] for line in rows if line[0] == "Ana"] == [3] * 5


def test_who_reviews_sees_it_beside_the_new_one(
    client: Client, cast: Cast, later: Cycle, cexp: Skill
) -> None:
    assessment = begin(cast.ana, cexp)
    answer_level(assessment, 3, 3)
    submission = sent_at(assessment, NOON + YEAR)
    sign_in(client, cast.marta)
    client.get(review_cases.address(submission))
    with CaptureQueriesContext(connection) as queries:
        text = read(client.get(review_cases.address(submission)).content)
    assert len(queries) <= MOST_QUERIES
    assert "Last validated level: 3 (cycle 2026, 20 Nov 2026)." in text
