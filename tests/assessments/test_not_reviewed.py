"""Closed as not reviewed: a state, and never a level, on every page and in every file."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from assessments.actions.hr import close_as_not_reviewed, reopen
from assessments.models import Assessment, Cycle
from skills.models import Skill
from tests.assessments.cycle_cases import next_cycle
from tests.assessments.report_cases import reviewed, sent, worked_example
from tests.assessments.review_cases import page, read, sign_in
from tests.assessments.test_report_files import download, pdf_text
from tests.cast import NOON, Cast, answer, begin

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(draft: Assessment, cast: Cast, cycle: Cycle) -> Assessment:
    """Ana's worked example, which supports level 3: nobody reviewed it in time."""
    worked_example(draft)
    late = cycle.review_by + dt.timedelta(days=1)
    return close_as_not_reviewed(assessment=sent(draft).assessment, by=cast.helena, at=late)


def report(client: Client, assessment: Assessment) -> str:
    return read(client.get(reverse("assessments:report", args=[assessment.pk])).content)


@pytest.mark.parametrize("reader", ["ana", "marta"])
def test_the_report_shows_no_level_and_no_gap(
    client: Client, cast: Cast, closed: Assessment, reader: str
) -> None:
    """To the employee and to the manager; what was sent stays readable, and says what it is."""
    sign_in(client, getattr(cast, reader))
    content = client.get(reverse("assessments:report", args=[closed.pk])).content
    text, supported = read(content), page(content).get("#supported").text
    assert "Nobody reviewed this in time, so it gives no level." in text
    assert supported.split() == ["Supported", "by", "evidence", "no", "level", "as", "it", "was", "sent"]
    for said in ("provisional", "gap:", "target reached", "points are needed", "reached"):
        assert said not in text.partition("How it is counted")[0]
    assert "Level 4, statement by statement · as it was sent" in text
    assert "Mapa da jornada do app" in text


def test_its_files_hold_neither(client: Client, cast: Cast, closed: Assessment) -> None:
    """The ratings and what carries them are there; level of record, outcome, gap and path are empty."""
    sign_in(client, cast.ana)
    rows = list(csv.DictReader(io.StringIO(download(client, closed, "csv").decode("utf-8-sig"))))
    empty = "supported_level level_of_record determined gap level_outcome of_record raise_to"
    assert {row[name] for row in rows for name in empty.split()} == {""}
    assert {row["statement"]: row["supported"] for row in rows}["CEXP.4.1"] == "3"
    book = load_workbook(io.BytesIO(download(client, closed, "xlsx")))
    summary = dict(book["Summary"].iter_rows(values_only=True, max_col=2))
    assert summary["Supported by evidence"] == "no level · as it was sent"
    assert summary["Gap, in levels"] is None
    assert book["Shortest path"].cell(2, 1).value is None
    text = pdf_text(download(client, closed, "pdf"))
    assert "no level as it was sent" in text
    assert "provisional" not in text


def test_beside_other_cycles_it_has_no_level(
    client: Client, cast: Cast, closed: Assessment, cycle: Cycle, cexp: Skill
) -> None:
    next_cycle(cycle, cast.admir)
    later = begin(cast.ana, cexp)
    answer(later, "CEXP.3.1", 1)
    sign_in(client, cast.ana)
    content = client.get(reverse("assessments:compare", args=[later.pk])).content
    cells = [found.text for found in page(content).root if found.name == "td"]
    assert cells[0] == "– not reviewed: no level; what was sent stands below"
    assert "as it stands today" in cells[1]


def test_a_reopened_level_keeps_the_record_of_its_decision(
    client: Client, cast: Cast, draft: Assessment
) -> None:
    """The report links to it, before and after it is sent again; it cannot be answered meanwhile."""
    worked_example(draft)
    reviewed(sent(draft), by=cast.marta)
    draft.refresh_from_db()
    sign_in(client, cast.ana)
    assert "Decision record" in report(client, draft)
    reopen(assessment=draft, reason="Outra meta.", by=cast.helena, at=NOON + dt.timedelta(days=1))
    assert "Decision record" in report(client, draft)
    assert "Decision and your answer" not in report(client, draft)
    assert client.get(reverse("assessments:decision_record", args=[draft.pk])).status_code == 200


def test_what_was_never_decided_has_no_record(client: Client, cast: Cast, closed: Assessment) -> None:
    sign_in(client, cast.ana)
    assert "Decision record" not in report(client, closed)
